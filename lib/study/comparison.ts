import { mean, sampleStandardDeviation } from "../statistics/summary.ts";
import type { PublishedRow } from "./published.ts";

/** The scores that study and project both report. */
export const COMPARED_SCORES = [
  "accuracy",
  "logLoss",
  "ece",
  "studentAccuracy",
  "studentLogLoss",
] as const;

/** A score that the study publishes. */
export type ComparedScore = typeof COMPARED_SCORES[number];

/** One published number and the numbers measured for it. */
export interface Comparison {
  readonly dataset: PublishedRow["dataset"];
  readonly network: PublishedRow["network"];
  readonly method: PublishedRow["method"];
  /** With temperature scaling. */
  readonly scaled: boolean;
  readonly score: ComparedScore;
  /** Runs behind the measured mean. */
  readonly n: number;
  /** Null without runs, as are the three below. */
  readonly measured: number | null;
  /** Also null for a single run. */
  readonly measuredStdev: number | null;
  readonly published: number;
  readonly publishedStdev: number;
  /** Measured minus published mean. */
  readonly difference: number | null;
  /** Within two published standard deviations. */
  readonly within: boolean | null;
}

/**
 * A score of a published row beside the numbers measured for it.
 *
 * @param values one per run, in the row's unit; none where nothing was run
 */
export function compareScore(
  row: PublishedRow,
  score: ComparedScore,
  values: readonly number[],
): Comparison {
  const { dataset, network, method, scaled } = row;
  const { mean: published, stdev: publishedStdev } = row[score];
  const which = { dataset, network, method, scaled, score };
  const n = values.length;
  if (n === 0) {
    return {
      ...which,
      n,
      published,
      publishedStdev,
      measured: null,
      measuredStdev: null,
      difference: null,
      within: null,
    };
  }
  const measured = mean(values);
  const difference = measured - published;
  return {
    ...which,
    measured,
    measuredStdev: n > 1 ? sampleStandardDeviation(values) : null,
    n,
    published,
    publishedStdev,
    difference,
    within: Math.abs(difference) <= 2 * publishedStdev,
  };
}
