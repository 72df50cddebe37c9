import type { Probabilities } from "../matrix_kinds.ts";
import { sumBins, topLabels } from "./bins.ts";
import { weightedGap } from "./calibration_error.ts";
import { checkBins, checkProbabilities } from "./check.ts";

/**
 * The class-wise expected calibration error: the mean over classes of the binned
 * error of each class's probability, in all rows, against its frequency as label.
 *
 * `1/K sum_k sum_b n_bk/n |share of label k in bin b - mean p_k in bin b|`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices; classes without rows count like the others
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 * @see M. Kull et al., "Beyond temperature scaling: Obtaining well-calibrated
 * multi-class probabilities with Dirichlet calibration", NeurIPS 2019
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { classwiseEce, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.75, 0.25]]);
 * // Class 0: |1 - 0.75|; class 1, which is never the label: |0 - 0.25|.
 * strictEqual(classwiseEce(probabilities, Int32Array.of(0, 0), 2), 0.25);
 * ```
 */
export function classwiseEce(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  const { data, rows, columns } = probabilities;
  let total = 0;
  for (let k = 0; k < columns; k++) {
    total += weightedGap(
      sumBins(rows, bins, (i) => data[i * columns + k], (i) => labels[i] === k),
    );
  }
  return total / columns;
}

/**
 * The label-conditional calibration error: the mean, over the classes that have rows,
 * of `ece()` of the rows with that label.
 *
 * It does not measure calibration alone: among the rows of one true class, even correct
 * probabilities are not frequencies, so a perfectly calibrated model scores above 0. It
 * exists because studies have published it as class-wise ECE.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} as `classwiseEce()` does
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import {
 *   labelConditionalEce,
 *   probabilitiesOf,
 * } from "@ils/label-smoothing/calibration";
 * const row = [0.75, 0.25];
 * const probabilities = probabilitiesOf([row, row, row, row]);
 * // 3 of 4 are right, as predicted; yet |1 - 0.75| for label 0, |0 - 0.75| for 1.
 * const error = labelConditionalEce(probabilities, Int32Array.of(0, 0, 0, 1), 4);
 * strictEqual(error, 0.5);
 * ```
 */
export function labelConditionalEce(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  const { confidence, correct } = topLabels(probabilities, labels);
  // A loop, as Map.groupBy() needs Node 21.
  const groups = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const rows = groups.get(label);
    if (rows === undefined) groups.set(label, [i]);
    else rows.push(i);
  });
  let total = 0;
  for (const rows of groups.values()) {
    total += weightedGap(
      sumBins(
        rows.length,
        bins,
        (j) => confidence[rows[j]],
        (j) => correct[rows[j]] === 1,
      ),
    );
  }
  return total / groups.size;
}
