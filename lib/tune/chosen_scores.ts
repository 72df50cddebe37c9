import { type Evaluation, scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { mean, sampleStandardDeviation } from "../statistics/summary.ts";

/** Means over runs: each `score` with its `scoreStdev`. */
export type ScoreMeans = Readonly<Record<string, number | null>>;

/** Test scores of a chosen point's networks. */
export interface ChosenScores {
  /** Unscaled scores. */
  readonly test: ScoreMeans;
  /**
   * Scores after scaling each network by the temperature fitted on its
   * validation data.
   */
  readonly scaled: ScoreMeans;
}

const CONSTANT: readonly string[] = ["n", "classes", "bins"];

/**
 * Returns the means of networks' scores, with sample standard deviations (null
 * for a single network).
 *
 * @param runs at least one, all with the same data set and number of bins, each
 * with a fitted temperature
 */
export function chosenScores(runs: readonly Evaluation[]): ChosenScores {
  const scaled = runs.map((run) => {
    const { metrics, temperature } = scaledMetrics(run)!;
    return { ...metrics, temperature };
  });
  return {
    test: scoreMeans(runs.map(({ plain }) => plain)),
    scaled: scoreMeans(scaled),
  };
}

function scoreMeans(
  metrics: readonly (Metrics & { readonly temperature?: number })[],
): ScoreMeans {
  const rows = metrics as readonly unknown[] as Record<string, number>[];
  const means: Record<string, number | null> = {};
  for (const key of Object.keys(rows[0])) {
    const values = rows.map((row) => row[key]);
    means[key] = mean(values);
    if (CONSTANT.includes(key)) continue;
    means[`${key}Stdev`] = values.length < 2
      ? null
      : sampleStandardDeviation(values);
  }
  return means;
}
