import assert from "node:assert/strict";
import { calibrationError } from "../../lib/calibration/general_error.ts";
import { massReliability } from "../../lib/calibration/mass_bins.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { asLogits, probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { matrix } from "../../lib/matrix.ts";
import { stream } from "../../lib/random.ts";

const random = stream(1, "mass bins");
const ROWS = 1003;
const CLASSES = 4;
const PROBABILITIES = softmax(asLogits(matrix(
  Float64Array.from({ length: ROWS * CLASSES }, () => 2 * random.normal()),
  CLASSES,
)));
const LABELS = Int32Array.from(
  { length: ROWS },
  () => random.integer(CLASSES),
);

Deno.test("massReliability() has the gaps of the error over equal masses", () => {
  const bins = massReliability(PROBABILITIES, LABELS, 15);
  const total = bins.reduce(
    (sum, { count, accuracy, confidence }) =>
      sum + count * Math.abs(accuracy - confidence),
    0,
  );
  const error = calibrationError(PROBABILITIES, LABELS, {
    bins: 15,
    binning: "equalMass",
  });
  assert.ok(Math.abs(total / ROWS - error) < 1e-12);
});

Deno.test("massReliability() cuts into neighbouring bins of almost equal size", () => {
  const bins = massReliability(PROBABILITIES, LABELS, 15);
  assert.deepEqual(
    bins.map(({ count }) => count),
    Array.from({ length: 15 }, (_, k) => k < ROWS % 15 ? 67 : 66),
  );
  bins.forEach(({ low, confidence, high }, k) => {
    assert.ok(low <= confidence && confidence <= high);
    assert.equal(low, bins[k - 1]?.high ?? low);
  });
});

Deno.test("massReliability() has no empty bins", () => {
  const few = probabilitiesOf([[0.9, 0.1], [0.6, 0.4]]);
  assert.deepEqual(massReliability(few, Int32Array.of(0, 1), 10), [
    { low: 0.6, high: 0.75, count: 1, confidence: 0.6, accuracy: 0 },
    { low: 0.75, high: 0.9, count: 1, confidence: 0.9, accuracy: 1 },
  ]);
});
