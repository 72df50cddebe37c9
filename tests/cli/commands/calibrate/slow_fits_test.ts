import assert from "node:assert/strict";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
} from "../../../../lib/calibration/calibrators/calibrators.ts";
import { slowFits } from "../../../../lib/cli/commands/calibrate/slow_fits.ts";

const size = (rows: number, columns: number) => ({ rows, columns });

/** Announces fits alone, or the comparison with resamples of as many test rows. */
const announced = (
  by: readonly CalibratorName[],
  rows: ReturnType<typeof size>,
  { folds = 5, resamples = 0 } = {},
) =>
  slowFits({
    ...{ by, validation: rows, folds, resamples },
    test: resamples === 0 ? undefined : rows,
  });

Deno.test("fits and resamples of less than a minute are not announced", () => {
  const all = { resamples: 1000 };
  assert.equal(announced(CALIBRATOR_NAMES, size(10_000, 10), all), undefined);
  assert.equal(announced(["temperature"], size(1_000_000, 100)), undefined);
});

Deno.test("longer fits are announced, with the way to fit fewer", () => {
  assert.match(
    announced(CALIBRATOR_NAMES, size(100_000, 100))!,
    /^Fits to 100000 rows of 100 classes take about \d+ min \d\d s of one core; --calibrator NAME,NAME fits some\n$/,
  );
});

Deno.test("resamples that take longer than the fits are announced, with the way to take fewer", () => {
  assert.match(
    announced(["temperature"], size(1_000_000, 100), { resamples: 10_000 })!,
    /^Fits to 1000000 rows of 100 classes and 10000 resamples of 1000000 rows take about .* of one core; --resamples 100 takes fewer\n$/,
  );
  // Beyond 100,000 rows, a resample costs hardly more.
  const rows = [100_000, 200_000].map((n) =>
    announced(["temperature"], size(n, 10), { resamples: 10_000 })!
  );
  assert.match(rows[0], /about 2 min 0/);
  assert.match(rows[1], /about 1 min 00 s/);
});

Deno.test("calibrators that refuse so many classes take no time", () => {
  assert.equal(announced(["matrix"], size(100_000, 301)), undefined);
  assert.notEqual(announced(["matrix"], size(100_000, 300)), undefined);
});

Deno.test("the announced time of one matrix grows with the square of the classes", () => {
  // One of two folds is held out: 1.5 fits of 0.39 s per 100 rows and 10,000 pairs.
  const text = announced(["matrix"], size(200_000, 100), { folds: 2 });
  assert.equal(
    text,
    "Fits to 200000 rows of 100 classes take about 1 min 57 s of one core\n",
  );
  const double = announced(["matrix"], size(200_000, 200), { folds: 2 });
  assert.match(double!, /about 7 min 48 s/);
});
