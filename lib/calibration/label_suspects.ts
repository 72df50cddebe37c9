import type { Probabilities } from "../matrix_kinds.ts";
import { checkProbabilities } from "./check.ts";
import { confidentErrors } from "./confident_errors.ts";

/** A label that a classifier doubts. */
export interface LabelSuspect {
  /** Index of the row. */
  readonly row: number;
  /** The doubted label. */
  readonly label: number;
  /** Probability of the label, in [0, 1]. */
  readonly probability: number;
  /** Class with the largest probability. */
  readonly suggested: number;
  /** Probability of that class, in [0, 1]. */
  readonly suggestedProbability: number;
}

/**
 * The rows whose label is not the predicted class, from the least probable label on.
 *
 * The probabilities must come from networks that were not trained on these rows
 * (cross-fitting): a network repeats the labels that it has learned. The order is that
 * of cleanlab's score `self_confidence`; equal probabilities keep the order of rows.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param count maximum number of rows (all)
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see C. Northcutt, L. Jiang and I. Chuang, "Confident Learning: Estimating
 * Uncertainty in Dataset Labels", JAIR 70, 2021
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { labelSuspects, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const p = probabilitiesOf([[0.9, 0.1], [0.75, 0.25], [0.125, 0.875]]);
 * deepStrictEqual(labelSuspects(p, Int32Array.of(0, 1, 0)).map((s) => s.row), [2, 1]);
 * ```
 */
export function labelSuspects(
  probabilities: Probabilities,
  labels: Int32Array,
  count = Infinity,
): LabelSuspect[] {
  checkProbabilities(probabilities, labels);
  const { data, columns } = probabilities;
  return confidentErrors(probabilities, labels, Infinity)
    .map(({ row, label, predicted, confidence }) => ({
      row,
      label,
      probability: data[row * columns + label],
      suggested: predicted,
      suggestedProbability: confidence,
    }))
    .sort((a, b) => a.probability - b.probability || a.row - b.row)
    .slice(0, count);
}
