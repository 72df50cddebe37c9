import { pairedScores } from "../statistics/paired_scores.ts";
import { mean, sampleStandardDeviation } from "../statistics/summary.ts";
import {
  type Published,
  PUBLISHED_ROWS,
  type PublishedRow,
} from "./published.ts";
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
  return { method, scaled, metric, ...besidePublished(row[metric], values) };
}

/**
 * Numbers of ours, one a run, beside the published mean.
 *
 * @param values at least one
 */
export function besidePublished(
  { mean: published, stdev: publishedStdev }: Published,
  values: readonly number[],
): Omit<Comparison, "method" | "scaled" | "metric"> {
  const ours = mean(values);
  const difference = ours - published;
  return {
    n: values.length,
    ours,
    oursStdev: values.length > 1 ? sampleStandardDeviation(values) : null,
    published,
    publishedStdev,
    difference,
    within: Math.abs(difference) <= 2 * publishedStdev,
  };
}

/** A difference of two methods, here and as it was published. */
export interface DirectionComparison {
  readonly a: string;
  readonly b: string;
  readonly scaled: boolean;
  readonly metric: Comparison["metric"];
  /** Published mean of `a` minus that of `b`. */
  readonly published: number;
  /** Ours, in pairs of one seed, and its 95 % interval. */
  readonly ours: number;
  readonly low: number;
  readonly high: number;
  /** Undecided where our interval holds 0. */
  readonly verdict:
    | "same direction"
    | "other direction"
    | "published as equal"
    | "undecided";
}

/**
 * Whether the study's differences between methods point the same way here.
 *
 * @param records at least two seeds of each method
 */
export function compareDirections(
  records: readonly StudyRecord[],
  { dataset, network }: Pick<PublishedRow, "dataset" | "network">,
): DirectionComparison[] {
  const pairs = [["ls", "ce"], ["ils", "ce"], ["ils", "ls"]] as const;
  return pairs.flatMap(([a, b]) =>
    COMPARED_METRICS.flatMap((metric) =>
      [false, true].map((scaled) => {
        const theirs = (name: string) =>
          PUBLISHED_ROWS.find((row) =>
            row.dataset === dataset && row.network === network &&
            row.method === name && row.scaled === scaled
          )![metric].mean;
        const published = theirs(a) - theirs(b);
        const which = { scaled, score: metric };
        const { mean, low, high } = pairedScores(records, [a, b], which);
        const verdict = directionVerdict(published, { low, high });
        return {
          a,
          b,
          scaled,
          metric,
          published,
          ours: mean,
          low,
          high,
          verdict,
        };
      })
    )
  );
}

function directionVerdict(
  published: number,
  { low, high }: { low: number; high: number },
): DirectionComparison["verdict"] {
  if (low <= 0 && high >= 0) return "undecided";
  if (published === 0) return "published as equal";
  return (low > 0) === (published > 0) ? "same direction" : "other direction";
}
