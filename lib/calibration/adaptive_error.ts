import type { Probabilities } from "../matrix_kinds.ts";
import { topLabels } from "./bins.ts";
import { checkBins, checkProbabilities } from "./check.ts";
import { sortOrder } from "./sort_order.ts";

/**
 * The adaptive expected calibration error: `ece()` with bins of equal size. Rows are
 * sorted by confidence; the first `n mod bins` bins have one row more than the others.
 * With fewer rows than bins, each row has its own bin.
 *
 * Rows of equal confidence keep their order. If they fall into different bins, the
 * result depends on that order.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 * @see K. Nguyen and B. O'Connor, "Posterior calibration and exploratory
 * analysis for natural language processing models", EMNLP 2015; J. Nixon et al.,
 * "Measuring Calibration in Deep Learning", CVPR workshops 2019
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { adaptiveEce, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.9, 0.1], [0.6, 0.4]]);
 * // One bin per row: wrong at 0.9, right at 0.6.
 * const error = adaptiveEce(probabilities, Int32Array.of(1, 0), 2);
 * strictEqual(error.toFixed(4), "0.6500");
 * ```
 */
export function adaptiveEce(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): number {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  const { confidence, correct } = topLabels(probabilities, labels);
  const n = confidence.length;
  const order = sortOrder(confidence);
  let total = 0;
  for (let b = 0, start = 0; start < n; b++) {
    const end = start + Math.floor(n / bins) + (b < n % bins ? 1 : 0);
    let gap = 0;
    for (; start < end; start++) {
      gap += correct[order[start]] - confidence[order[start]];
    }
    total += Math.abs(gap);
  }
  return total / n;
}
