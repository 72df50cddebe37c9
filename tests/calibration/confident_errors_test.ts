import assert from "node:assert/strict";
import { confidentErrors } from "../../lib/calibration/confident_errors.ts";
import {
  labelProbabilities,
  meanConfidence,
} from "../../lib/calibration/scores.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";

const PROBABILITIES = probabilitiesOf([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8], [
  0.6,
  0.4,
]]);

Deno.test("confidentErrors() returns wrong predictions, the most confident first", () => {
  const labels = Int32Array.of(0, 1, 0, 1);
  assert.deepEqual(confidentErrors(PROBABILITIES, labels, 2), [
    { row: 2, label: 0, predicted: 1, confidence: 0.8 },
    { row: 1, label: 1, predicted: 0, confidence: 0.7 },
  ]);
});

Deno.test("confidentErrors() returns fewer errors if there are fewer", () => {
  const labels = Int32Array.of(0, 0, 1, 0);
  assert.deepEqual(confidentErrors(PROBABILITIES, labels, 5), []);
});

Deno.test("meanConfidence() averages the largest probabilities", () => {
  const expected = (0.9 + 0.7 + 0.8 + 0.6) / 4;
  assert(Math.abs(meanConfidence(PROBABILITIES) - expected) < 1e-12);
});

Deno.test("labelProbabilities() returns the label's entry of each row", () => {
  const labels = Int32Array.of(0, 1, 0, 1);
  assert.deepEqual(
    [...labelProbabilities(PROBABILITIES, labels)],
    [0.9, 0.3, 0.2, 0.4],
  );
});
