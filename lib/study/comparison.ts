import { mean, sampleStandardDeviation } from "../statistics/summary.ts";
import type { PublishedRow } from "./published.ts";

/** The scores that both the study and this project report. */
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
  /** Whether temperature scaling was applied. */
  readonly scaled: boolean;
  readonly score: ComparedScore;
  /** Number of runs behind the measured mean. */
  readonly n: number;
  /** Measured mean; null without runs, like the other measured fields. */
  readonly measured: number | null;
  /** Sample standard deviation; also null for a single run. */
  readonly measuredStdev: number | null;
  readonly published: number;
  readonly publishedStdev: number;
  /** Measured minus published mean. */
  readonly difference: number | null;
  /** Whether the difference is within two published standard deviations. */
  readonly within: boolean | null;
}

/**
 * Compares a score of a published row with our measurements.
 *
 * @param values one per run, in the row's unit; empty without runs
 */
export function compareScore(
  row: PublishedRow,
  score: ComparedScore,
  values: readonly number[],
): Comparison {
  const { dataset, network, method, scaled } = row;
  const { mean: published, stdev: publishedStdev } = row[score];
  const key = { dataset, network, method, scaled, score };
  const n = values.length;
  if (n === 0) {
    return {
      ...key,
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
    ...key,
    measured,
    measuredStdev: n > 1 ? sampleStandardDeviation(values) : null,
    n,
    published,
    publishedStdev,
    difference,
    within: Math.abs(difference) <= 2 * publishedStdev,
  };
}
