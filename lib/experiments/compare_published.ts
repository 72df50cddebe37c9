import { mean, sampleStandardDeviation } from "../statistics.ts";
import { PUBLISHED_ROWS, type PublishedRow } from "./published.ts";
import type { StudyRecord } from "./study.ts";

/** The metrics that study and project both report. */
export const COMPARED_METRICS = [
  "accuracy",
  "logLoss",
  "ece",
  "studentAccuracy",
  "studentLogLoss",
] as const;

/** One number of ours beside the published one. */
export interface Comparison {
  readonly method: string;
  readonly scaled: boolean;
  readonly metric: typeof COMPARED_METRICS[number];
  /** Seeds. */
  readonly n: number;
  readonly ours: number;
  /** Null for a single seed. */
  readonly oursStdev: number | null;
  readonly published: number;
  readonly publishedStdev: number;
  /** Ours minus the published mean. */
  readonly difference: number;
  /** Within two published standard deviations. */
  readonly within: boolean;
}

/**
 * The study's records beside its published rows of one data set and network.
 *
 * @returns one comparison for each row and metric that both have
 */
export function comparePublished(
  records: readonly StudyRecord[],
  { dataset, network }: Pick<PublishedRow, "dataset" | "network">,
): Comparison[] {
  const rows = PUBLISHED_ROWS.filter((row) =>
    row.dataset === dataset && row.network === network
  );
  return rows.flatMap((row) => {
    const ours = records.filter(({ method, scaled }) =>
      method === row.method && scaled === row.scaled
    );
    if (ours.length === 0) return [];
    return COMPARED_METRICS.map((metric) =>
      compare(row, metric, ours.map((record) => record[metric]))
    );
  });
}

function compare(
  row: PublishedRow,
  metric: Comparison["metric"],
  values: readonly number[],
): Comparison {
  const { method, scaled } = row;
  const { mean: published, stdev: publishedStdev } = row[metric];
  const ours = mean(values);
  const difference = ours - published;
  return {
    method,
    scaled,
    metric,
    n: values.length,
    ours,
    oursStdev: values.length > 1 ? sampleStandardDeviation(values) : null,
    published,
    publishedStdev,
    difference,
    within: Math.abs(difference) <= 2 * publishedStdev,
  };
}
