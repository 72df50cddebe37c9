import { type Evaluation, scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { mean, sampleStandardDeviation } from "../statistics/summary.ts";

/** Means over runs, each `score` beside its `scoreStdev`. */
export type ScoreMeans = Readonly<Record<string, number | null>>;

/** A chosen point's networks on the test set. */
export interface ChosenScores {
  /** As they are. */
  readonly test: ScoreMeans;
  /** Each scaled by the temperature fitted on its validation data. */
  readonly scaled: ScoreMeans;
}

const CONSTANT: readonly string[] = ["n", "classes", "bins"];

/**
 * The means of networks' scores; standard deviations are of the sample, null
 * for a single network.
 *
 * @param runs of one data set and bin count, at least one, each with its fitted
 * temperature
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
