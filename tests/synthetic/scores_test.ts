import assert from "node:assert/strict";
import { scoreSample } from "../../lib/synthetic/scores.ts";
import { matrix } from "../../lib/matrix.ts";
import { asPoints, logitsOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "../calibration/close.ts";

/** Logarithms of these probabilities, so that their softmax returns them. */
const LOGITS = logitsOf([
  [0.5, 0.3, 0.2],
  [0.1, 0.6, 0.3],
  [0.7, 0.2, 0.1],
  [0.1, 0.1, 0.8],
].map((row) => row.map(Math.log)));

/** The third prediction is wrong; two points are sparse. */
const SAMPLE = {
  points: asPoints(matrix(new Float32Array(8), 2)),
  labels: Int32Array.of(0, 1, 1, 2),
  sparse: Uint8Array.of(0, 0, 1, 1),
};

Deno.test("scoreSample() measures accuracy on all, dense and sparse points", () => {
  const scores = scoreSample(LOGITS, SAMPLE);
  assert.equal(scores.accuracy, 3 / 4);
  assert.equal(scores.accuracyDense, 1);
  assert.equal(scores.accuracySparse, 1 / 2);
});

Deno.test("scoreSample() matches log loss and calibration errors computed by hand", () => {
  const scores = scoreSample(LOGITS, SAMPLE);
  assertClose(scores.logLoss, -Math.log(0.5 * 0.6 * 0.2 * 0.8) / 4);
  // 0.5, 0.6, 0.7 and 0.8 are in separate bins; only 0.7 is wrong.
  assertClose(scores.ece, (0.5 + 0.4 + 0.7 + 0.2) / 4);
  // The mean over classes of one, two and one points.
  assertClose(scores.labelConditionalEce, (0.5 + (0.4 + 0.7) / 2 + 0.2) / 3);
  // Each class's probabilities are in separate bins, except two of 0.1.
  const byClass = [
    (0.5 + (0.1 + 0.1) + 0.7) / 4,
    (0.3 + 0.4 + 0.8 + 0.1) / 4,
    (0.2 + 0.3 + 0.1 + 0.2) / 4,
  ];
  assertClose(
    scores.classwiseEce,
    byClass.reduce((sum, value) => sum + value) / 3,
  );
});

Deno.test("scoreSample() at temperature 1/2 uses the normalised squares of the probabilities", () => {
  const scores = scoreSample(LOGITS, SAMPLE, 1 / 2);
  const right = [0.25 / 0.38, 0.36 / 0.46, 0.04 / 0.54, 0.64 / 0.66];
  const loss = right.reduce((sum, p) => sum - Math.log(p), 0) / 4;
  assertClose(scores.logLoss, loss);
  assert.equal(scores.accuracy, 3 / 4);
});

Deno.test("scoreSample() has a null accuracy for a part without points", () => {
  const dense = { ...SAMPLE, sparse: Uint8Array.of(0, 0, 0, 0) };
  assert.equal(scoreSample(LOGITS, dense).accuracySparse, null);
  assert.equal(scoreSample(LOGITS, dense).accuracyDense, 3 / 4);
  const sparse = { ...SAMPLE, sparse: Uint8Array.of(1, 1, 1, 1) };
  assert.equal(scoreSample(LOGITS, sparse).accuracyDense, null);
});
