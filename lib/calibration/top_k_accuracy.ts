import { checkWhole } from "../bad_input.ts";
import type { Matrix } from "../matrix.ts";
import type { Probabilities } from "../matrix_kinds.ts";
import { checkProbabilities } from "./check.ts";

/**
 * The share of rows whose label is among the k classes with the largest probabilities.
 * Among equal probabilities, the first classes count, as in `accuracy()`.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param k at least 1; from the number of classes on, the result is 1
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong k
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf, topKAccuracy } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.6, 0.3, 0.1], [0.6, 0.3, 0.1]]);
 * const labels = Int32Array.of(1, 2);
 * strictEqual(topKAccuracy(probabilities, labels, 1), 0);
 * strictEqual(topKAccuracy(probabilities, labels, 2), 0.5);
 * ```
 */
export function topKAccuracy(
  probabilities: Probabilities,
  labels: Int32Array,
  k: number,
): number {
  checkWhole("Cannot compute a top-k accuracy as k", k, 1);
  checkProbabilities(probabilities, labels);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    if (rankOf(probabilities, i, labels[i]) < k) right++;
  }
  return right / labels.length;
}

/** How many classes of a row come before one by probability, then by index. */
export function rankOf(
  { data, columns }: Matrix,
  i: number,
  label: number,
): number {
  const start = i * columns;
  const own = data[start + label];
  let rank = 0;
  for (let k = 0; k < columns; k++) {
    const p = data[start + k];
    if (p > own || p === own && k < label) rank++;
  }
  return rank;
}
