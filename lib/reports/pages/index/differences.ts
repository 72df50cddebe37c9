/** Look-up of the paired differences on which an index page rests. */
import type { Difference, Setting } from "./index_data.ts";

/** Titles of the scores that decide. */
export const LOG_LOSS = "log loss";
export const ACCURACY = "accuracy, %";
export const AURC = "AURC, %";

/** A difference as an index page looks it up. */
export interface Wanted {
  readonly method: string;
  readonly rival: string;
  /** Title with unit. */
  readonly score: string;
}

/** The difference between two methods as trained; undefined if not measured. */
export function differenceOf(
  { differences }: Setting,
  { method, rival, score }: Wanted,
): Difference | undefined {
  return differences.find((row) =>
    row.difference === `${method} − ${rival}` && row.score === score &&
    !row.scaled
  );
}

/** Names of the methods on the left of a setting's differences, in order. */
export function methodsIn({ differences }: Setting): string[] {
  return [
    ...new Set(differences.map(({ difference }) => difference.split(" − ")[0])),
  ];
}
