import { PUBLISHED_STUDENTS, PUBLISHED_SYNTHETIC } from "../published.ts";
import type { TableScore, TableSummaryRow } from "./table_summary.ts";

/** What Tables V and VI print. */
export const PRINTED_SCORES = [
  "accuracy",
  "logLoss",
  "ece",
  "labelConditionalEce",
] as const satisfies readonly TableScore[];

/** A number of a row of ours beside the published one. */
export interface ScoreBeside {
  readonly ours: number;
  /** Null for a single data set. */
  readonly oursSe: number | null;
  readonly published: number;
  /** Ours minus the published one. */
  readonly difference: number;
}

/** A row of Table V or VI beside the published one. */
export interface RowBeside {
  readonly method: string;
  readonly scaled: boolean;
  readonly scores: Readonly<Record<typeof PRINTED_SCORES[number], ScoreBeside>>;
}

/**
 * Our rows beside the published ones, those scaled within the bounds of the
 * study's code, as its own were.
 */
export function besidePublished(
  rows: readonly TableSummaryRow[],
): RowBeside[] {
  return rows.filter(({ bound }) => bound !== "wide").map((row) => {
    const { method, scaled } = row;
    const published = PUBLISHED_SYNTHETIC.find((other) =>
      other.method === method && other.scaled === scaled
    ) ?? PUBLISHED_STUDENTS.find((other) =>
      other.method === method
    )!;
    const scores = PRINTED_SCORES.map((score) => [score, {
      ours: row[score]!,
      oursSe: row[`${score}Se`],
      published: published[score],
      difference: row[score]! - published[score],
    }]);
    return { method, scaled, scores: Object.fromEntries(scores) };
  });
}
