import type { Probabilities } from "../matrix_kinds.ts";
import { type BinSums, confidenceSums } from "./bins.ts";

/**
 * The expected calibration error of the predicted class: the mean of
 * |accuracy - mean confidence| over bins of equal width, weighted by their rows.
 *
 * `sum_b n_b/n |acc_b - conf_b|`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 * @see M. P. Naeini, G. Cooper and M. Hauskrecht, "Obtaining Well Calibrated
 * Probabilities Using Bayesian Binning", AAAI 2015; C. Guo et al., "On
 * Calibration of Modern Neural Networks", ICML 2017, equation 3
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { ece, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.25, 0.75]]);
 * strictEqual(ece(probabilities, Int32Array.of(0, 1), 10), 0.25);
 * strictEqual(ece(probabilities, Int32Array.of(0, 0), 10), 0.25);
 * ```
 */
export function ece(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  return weightedGap(confidenceSums(probabilities, labels, bins));
}

/**
 * The maximum calibration error: the largest |accuracy - mean confidence| over the
 * bins that are not empty.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1], at least as large as `ece()` and `ace()`
 * @throws {BadInput} as `ece()` does
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017,
 * equation 5
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { mce, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [1, 0], [1, 0]]);
 * // Gaps of 0.25 and 0 in the bins (0.7, 0.8] and (0.9, 1].
 * strictEqual(mce(probabilities, Int32Array.of(0, 0, 0), 10), 0.25);
 * ```
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
 * The average calibration error: the unweighted mean of |accuracy - mean confidence|
 * over the bins that are not empty.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} as `ece()` does
 * @see L. Neumann, A. Zisserman and A. Vedaldi, "Relaxed Softmax: Efficient
 * Confidence Auto-Calibration for Safe Pedestrian Detection", NeurIPS workshop
 * 2018
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { ace, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [1, 0], [1, 0]]);
 * // Gaps of 0.25 and 0 in the bins (0.7, 0.8] and (0.9, 1].
 * strictEqual(ace(probabilities, Int32Array.of(0, 0, 0), 10), 0.125);
 * ```
 */
export function ace(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  const each = gaps(confidenceSums(probabilities, labels, bins));
  return each.reduce((total, gap) => total + gap, 0) / each.length;
}

/**
 * The overconfident part of `ece()`: the bins whose mean confidence exceeds their
 * accuracy. It and `underconfidence()` sum to `ece()`.
 *
 * `sum_b n_b/n max(0, conf_b - acc_b)`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} as `ece()` does
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { overconfidence, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * // Wrong at 0.75, right at 0.625: gaps of 0.75 and -0.375, half of the rows each.
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.625, 0.375]]);
 * strictEqual(overconfidence(probabilities, Int32Array.of(1, 0), 10), 0.375);
 * ```
 */
export function overconfidence(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  return signedGap(confidenceSums(probabilities, labels, bins), 1);
}

/**
 * The underconfident part of `ece()`: the bins whose accuracy exceeds their mean
 * confidence.
 *
 * `sum_b n_b/n max(0, acc_b - conf_b)`
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} as `ece()` does
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf, underconfidence } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.625, 0.375]]);
 * strictEqual(underconfidence(probabilities, Int32Array.of(1, 0), 10), 0.1875);
 * ```
 */
export function underconfidence(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  return signedGap(confidenceSums(probabilities, labels, bins), -1);
}

/** The weighted gaps of the bins where confidence less accuracy has this sign. */
function signedGap(
  { count, probability, hits }: BinSums,
  sign: 1 | -1,
): number {
  let rows = 0;
  let total = 0;
  for (let b = 0; b < count.length; b++) {
    rows += count[b];
    total += Math.max(0, sign * (probability[b] - hits[b]));
  }
  return total / rows;
}

/** `sum_b n_b/n |hits_b/n_b - mean probability_b|`, where n counts the rows of all bins. */
export function weightedGap({ count, probability, hits }: BinSums): number {
  let rows = 0;
  let total = 0;
  for (let b = 0; b < count.length; b++) {
    rows += count[b];
    total += Math.abs(hits[b] - probability[b]);
  }
  return total / rows;
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
