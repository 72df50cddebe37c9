import { PUBLISHED_STUDENTS, PUBLISHED_SYNTHETIC } from "../published.ts";
import type { TableScore, TableSummaryRow } from "./table_summary.ts";

/** Scores that Tables V and VI print. */
const PRINTED_SCORES = [
  "accuracy",
  "logLoss",
  "ece",
  "labelConditionalEce",
] as const satisfies readonly TableScore[];

/** One of our scores and the published one. */
export interface ComparedScore {
  readonly ours: number;
  /** Standard error; null for a single data set. */
  readonly oursSe: number | null;
  readonly published: number;
  /** Our score minus the published one. */
  readonly difference: number;
}

/** A row of Table V or VI, compared with the published one. */
export interface ComparedRow {
  readonly method: string;
  readonly scaled: boolean;
  readonly scores: Readonly<
    Record<typeof PRINTED_SCORES[number], ComparedScore>
  >;
}

/**
 * Compares our rows with the published ones. Of our scaled rows it takes those
 * within the temperature bounds of the study's code.
 */
export function comparePublished(
  rows: readonly TableSummaryRow[],
): ComparedRow[] {
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
