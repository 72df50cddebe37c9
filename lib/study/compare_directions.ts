import { pairedScores } from "../statistics/paired_scores.ts";
import { COMPARED_SCORES, type ComparedScore } from "./comparison.ts";
import { PUBLISHED_ROWS, type PublishedRow } from "./published.ts";
import type { StudyRecord } from "./study.ts";

/** A difference of two methods, here and as it was published. */
export interface DirectionComparison {
  readonly a: string;
  readonly b: string;
  readonly scaled: boolean;
  readonly score: ComparedScore;
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
    COMPARED_SCORES.flatMap((score) =>
      [false, true].map((scaled) => {
        const theirs = (name: string) =>
          PUBLISHED_ROWS.find((row) =>
            row.dataset === dataset && row.network === network &&
            row.method === name && row.scaled === scaled
          )![score].mean;
        const published = theirs(a) - theirs(b);
        const which = { scaled, score };
        const { mean, low, high } = pairedScores(records, [a, b], which);
        const verdict = directionVerdict(published, { low, high });
        return {
          a,
          b,
          scaled,
          score,
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
