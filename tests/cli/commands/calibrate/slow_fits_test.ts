import assert from "node:assert/strict";
import { CALIBRATOR_NAMES } from "../../../../lib/calibration/calibrators/calibrators.ts";
import { slowFits } from "../../../../lib/cli/commands/calibrate/slow_fits.ts";

const size = (rows: number, columns: number) => ({ rows, columns });

Deno.test("fits of less than a minute are not announced", () => {
  assert.equal(slowFits(CALIBRATOR_NAMES, size(10_000, 10), 5), undefined);
  assert.equal(slowFits(["temperature"], size(1_000_000, 100), 5), undefined);
});

Deno.test("longer fits are announced, with the way to fit fewer", () => {
  assert.match(
    slowFits(CALIBRATOR_NAMES, size(100_000, 100), 5)!,
    /^Fits to 100000 rows of 100 classes take about \d+ min \d\d s of one core; --calibrator NAME,NAME fits some\n$/,
  );
});

Deno.test("calibrators that refuse so many classes take no time", () => {
  assert.equal(slowFits(["matrix"], size(100_000, 301), 5), undefined);
  assert.notEqual(slowFits(["matrix"], size(100_000, 300), 5), undefined);
});

Deno.test("the announced time of one matrix grows with the square of the classes", () => {
  // One of two folds is held out: 1.5 fits of 0.39 s per 100 rows and 10,000 pairs.
  const text = slowFits(["matrix"], size(200_000, 100), 2);
  assert.equal(
    text,
    "Fits to 200000 rows of 100 classes take about 1 min 57 s of one core\n",
  );
  const double = slowFits(["matrix"], size(200_000, 200), 2);
  assert.match(double!, /about 7 min 48 s/);
});
