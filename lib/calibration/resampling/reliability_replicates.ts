import { binEdges, binIndex, topLabels } from "../bins.ts";
import type { Predictions } from "../metrics.ts";
import { type Interval, percentileInterval } from "./percentile_interval.ts";

/** What resamples say about a reliability diagram. */
export interface ReliabilityIntervals {
  /** Interval of the accuracy of each bin; NaN for an empty one. */
  readonly accuracy: readonly Interval[];
  /** Interval of mean confidence less accuracy, over all rows. */
  readonly confidenceGap: Interval;
  /**
   * ECE that a calibrated model with these confidences exceeds by chance in a share of
   * 1 - level.
   */
  readonly chanceEce: number;
}

/** Collects a reliability diagram's values in resamples. */
export interface ReliabilityReplicates {
  /**
   * Adds resample b.
   *
   * @param weights how often each row counts
   * @param uniform a random number in [0, 1) per row, for predictions that are right
   * with the probability of their confidence
   */
  add(b: number, weights: Int32Array, uniform: Float64Array): void;
  intervals(level: number): ReliabilityIntervals;
}

/**
 * Prepares checked predictions.
 *
 * @param bins number of bins of equal width
 */
export function reliabilityReplicates(
  { probabilities, labels }: Predictions,
  { bins, resamples }: { readonly bins: number; readonly resamples: number },
): ReliabilityReplicates {
  const { confidence, correct } = topLabels(probabilities, labels);
  const n = labels.length;
  const edges = binEdges(bins);
  const binOf = Int32Array.from(confidence, (p) => binIndex(p, edges));
  const accuracy = new Map(
    [...new Set(binOf)].map((k) => [k, new Float64Array(resamples)]),
  );
  const gap = new Float64Array(resamples);
  const chance = new Float64Array(resamples);
  const [count, hits, surplus] = [0, 1, 2].map(() => new Float64Array(bins));
  return {
    add(b, weights, uniform) {
      for (const sums of [count, hits, surplus]) sums.fill(0);
      let excess = 0;
      for (let i = 0; i < n; i++) {
        const k = binOf[i];
        count[k] += weights[i];
        hits[k] += weights[i] * correct[i];
        excess += weights[i] * (confidence[i] - correct[i]);
        surplus[k] += confidence[i] - (uniform[i] < confidence[i] ? 1 : 0);
      }
      gap[b] = excess / n;
      chance[b] = surplus.reduce((sum, gap) => sum + Math.abs(gap), 0) / n;
      for (const [k, values] of accuracy) values[b] = hits[k] / count[k];
    },
    intervals: (level) => ({
      accuracy: Array.from({ length: bins }, (_, k) => {
        const values = accuracy.get(k) ?? new Float64Array();
        return percentileInterval(values, level);
      }),
      confidenceGap: percentileInterval(gap, level),
      // The upper end of an interval with 1 - level on each side.
      chanceEce: percentileInterval(chance, 2 * level - 1).high,
    }),
  };
}
