import type { Probabilities } from "../matrix_kinds.ts";
import { type BinSums, sumTopLabels, topLabels } from "./bins.ts";
import { checkBins, checkProbabilities } from "./check.ts";

/**
 * Expected calibration error of the predicted class: the mean over bins of equal
 * width, weighted by their rows, of |accuracy - mean confidence|.
 *
 * `sum_b n_b/n |acc_b - conf_b|`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are no distributions, labels out of range or
 * a number of bins that is not whole
 * @see M. P. Naeini, G. Cooper and M. Hauskrecht, "Obtaining Well Calibrated
 * Probabilities Using Bayesian Binning", AAAI 2015; C. Guo et al., "On
 * Calibration of Modern Neural Networks", ICML 2017, equation 3
 */
export function ece(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  return weightedGap(confidenceSums(probabilities, labels, bins));
}

/**
 * Maximum calibration error: the largest |accuracy - mean confidence| of a bin
 * that is not empty.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @returns in [0, 1], at least as large as `ece` and `ace`
 * @throws {BadInput} as `ece`
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017,
 * equation 5
 */
export function mce(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  return gaps(confidenceSums(probabilities, labels, bins))
    .reduce((largest, gap) => Math.max(largest, gap));
}

/**
 * Average calibration error: the plain mean of |accuracy - mean confidence| over
 * the bins that are not empty, however many rows each has.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @returns in [0, 1]
 * @throws {BadInput} as `ece`
 * @see L. Neumann, A. Zisserman and A. Vedaldi, "Relaxed Softmax: Efficient
 * Confidence Auto-Calibration for Safe Pedestrian Detection", NeurIPS workshop
 * 2018
 */
export function ace(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  const each = gaps(confidenceSums(probabilities, labels, bins));
  return each.reduce((total, gap) => total + gap, 0) / each.length;
}

/** `sum_b n_b/n |hits_b/n_b - mean probability_b|`, n being the rows of all bins. */
export function weightedGap({ count, probability, hits }: BinSums): number {
  let rows = 0;
  let total = 0;
  for (let b = 0; b < count.length; b++) {
    rows += count[b];
    total += Math.abs(hits[b] - probability[b]);
  }
  return total / rows;
}

function confidenceSums(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): BinSums {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  return sumTopLabels(topLabels(probabilities, labels), bins);
}

function gaps({ count, probability, hits }: BinSums): Float64Array {
  const filled = count.length - count.filter((rows) => rows === 0).length;
  const each = new Float64Array(filled);
  for (let b = 0, next = 0; b < count.length; b++) {
    if (count[b] === 0) continue;
    each[next++] = Math.abs(hits[b] - probability[b]) / count[b];
  }
  return each;
}
