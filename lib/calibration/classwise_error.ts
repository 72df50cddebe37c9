import type { Probabilities } from "../matrix_kinds.ts";
import { sumBins, topLabels } from "./bins.ts";
import { weightedGap } from "./calibration_error.ts";
import { checkBins, checkProbabilities } from "./check.ts";

/**
 * Class-wise expected calibration error: for each class the binned error of the
 * probability that every row gives to it, against how often it is the label;
 * the mean over classes.
 *
 * `1/K sum_k sum_b n_bk/n |share of label k in bin b - mean p_k in bin b|`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices; a class without a row counts like any other
 * @param bins whole, at least 1
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are no distributions, labels out of range or
 * a number of bins that is not whole
 * @see M. Kull et al., "Beyond temperature scaling: Obtaining well-calibrated
 * multi-class probabilities with Dirichlet calibration", NeurIPS 2019
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
 * Label-conditional calibration error: `ece` of the rows that have label k, the
 * mean over the classes that have rows.
 *
 * It is not a measure of calibration alone: among rows of one true class, even
 * right probabilities are no frequencies, so a perfect model scores above 0. It
 * is kept because studies have published it under the name of class-wise ECE.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @returns in [0, 1]
 * @throws {BadInput} as `classwiseEce`
 */
export function labelConditionalEce(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  const { confidence, correct } = topLabels(probabilities, labels);
  // A plain loop, as Node has had Map.groupBy() only since version 21.
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
