import type { Probabilities } from "../matrix_kinds.ts";
import { topLabels } from "./bins.ts";
import { checkBins, checkProbabilities } from "./check.ts";

/**
 * Adaptive expected calibration error: as `ece`, but the bins hold equally many
 * rows, in the order of confidence; the first `n mod bins` hold one more. With
 * fewer rows than bins, each row is its own bin.
 *
 * Rows of equal confidence keep their order; where an edge falls among them, the
 * result depends on that order.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are no distributions, labels out of range or
 * a number of bins that is not whole
 * @see K. Nguyen and B. O'Connor, "Posterior calibration and exploratory
 * analysis for natural language processing models", EMNLP 2015; J. Nixon et al.,
 * "Measuring Calibration in Deep Learning", CVPR workshops 2019
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
  const order = Int32Array.from(confidence.keys())
    .sort((a, b) => confidence[a] - confidence[b] || a - b);
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
