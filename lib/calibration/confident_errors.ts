import { argMax } from "../matrix.ts";
import type { Probabilities } from "../matrix_kinds.ts";

/** A wrong prediction. */
export interface ConfidentError {
  /** Index of the row. */
  readonly row: number;
  /** True class. */
  readonly label: number;
  /** Predicted class. */
  readonly predicted: number;
  /** Probability of the predicted class, in [0, 1]. */
  readonly confidence: number;
}

/**
 * The wrong predictions with the highest confidence, in decreasing order.
 *
 * @param probabilities `[n, classes]`
 * @param labels `[n]`, class indices
 * @param count maximum number of predictions
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import {
 *   confidentErrors,
 *   probabilitiesOf,
 * } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]]);
 * deepStrictEqual(confidentErrors(probabilities, Int32Array.of(0, 1, 0), 1), [
 *   { row: 2, label: 0, predicted: 1, confidence: 0.8 },
 * ]);
 * ```
 */
export function confidentErrors(
  probabilities: Probabilities,
  labels: Int32Array,
  count: number,
): ConfidentError[] {
  const { data, columns } = probabilities;
  const errors: ConfidentError[] = [];
  labels.forEach((label, row) => {
    const predicted = argMax(probabilities, row);
    if (predicted === label) return;
    const confidence = data[row * columns + predicted];
    errors.push({ row, label, predicted, confidence });
  });
  return errors
    .sort((a, b) => b.confidence - a.confidence || a.row - b.row)
    .slice(0, count);
}
