import { pairedScores } from "../statistics/paired_scores.ts";
import { COMPARED_SCORES, type ComparedScore } from "./comparison.ts";
import { PUBLISHED_ROWS, type PublishedRow } from "./published.ts";
import type { StudyRecord } from "./study.ts";

/** A difference between two methods, ours and the published one. */
export interface DirectionComparison {
  readonly a: string;
  readonly b: string;
  readonly scaled: boolean;
  readonly score: ComparedScore;
  /** Published mean of `a` minus that of `b`. */
  readonly published: number;
  /** Our mean difference, paired by seed. */
  readonly ours: number;
  /** Lower end of the 95 % interval. */
  readonly low: number;
  /** Upper end of the 95 % interval. */
  readonly high: number;
  /** Undecided if our interval contains 0. */
  readonly verdict:
    | "same direction"
    | "other direction"
    | "published as equal"
    | "undecided";
}

/**
 * Compares the signs of the study's differences between methods with ours. Accuracy
 * counts once, as temperature scaling does not change it. A student's score is left out if one of the two methods has no students.
 *
 * @param records at least two seeds of each method
 */
export function compareDirections(
  records: readonly StudyRecord[],
  { dataset, network }: Pick<PublishedRow, "dataset" | "network">,
): DirectionComparison[] {
  const pairs = [["ls", "ce"], ["ils", "ce"], ["ils", "ls"]] as const;
  return pairs.flatMap(([a, b]) => {
    const own = records.filter(({ method }) => method === a || method === b);
    const scores = COMPARED_SCORES.filter((score) =>
      own.every((record) => record[score] !== null)
    );
    return scores.flatMap((score) =>
      (score === "accuracy" ? [false] : [false, true]).map((scaled) => {
        const theirs = (name: string) =>
          PUBLISHED_ROWS.find((row) =>
            row.dataset === dataset && row.network === network &&
            row.method === name && row.scaled === scaled
          )![score].mean;
        const published = theirs(a) - theirs(b);
        const key = { scaled, score };
        const { mean, low, high } = pairedScores(own, [a, b], key);
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
    );
  });
}

function directionVerdict(
  published: number,
  { low, high }: { low: number; high: number },
): DirectionComparison["verdict"] {
  if (low <= 0 && high >= 0) return "undecided";
  if (published === 0) return "published as equal";
  return (low > 0) === (published > 0) ? "same direction" : "other direction";
}
