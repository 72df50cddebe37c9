import type { Probabilities } from "../matrix_kinds.ts";
import { checkProbabilities } from "./check.ts";

/**
 * The spherical score, a proper score that is bounded: the mean of the label's
 * probability divided by the Euclidean length of its row.
 *
 * `1/n sum_i p_i[label_i] / sqrt(sum_k p_ik^2)`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]; higher is better
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see T. Gneiting and A. Raftery, "Strictly Proper Scoring Rules, Prediction, and
 * Estimation", Journal of the American Statistical Association 102, 2007
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf, sphericalScore } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.6, 0.4], [1, 0]]);
 * const expected = (0.6 / Math.sqrt(0.52) + 1) / 2;
 * const score = sphericalScore(probabilities, Int32Array.of(0, 0));
 * strictEqual(score.toFixed(12), expected.toFixed(12));
 * ```
 */
export function sphericalScore(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  checkProbabilities(probabilities, labels);
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    total += sphericalRow(probabilities, i, labels[i]);
  }
  return total / labels.length;
}

/** The spherical score of one row. */
export function sphericalRow(
  { data, columns }: Probabilities,
  i: number,
  label: number,
): number {
  let squares = 0;
  for (let at = i * columns; at < (i + 1) * columns; at++) {
    squares += data[at] * data[at];
  }
  return data[i * columns + label] / Math.sqrt(squares);
}
