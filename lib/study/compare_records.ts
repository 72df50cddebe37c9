import {
  COMPARED_SCORES,
  compareScore,
  type Comparison,
} from "./comparison.ts";
import { PUBLISHED_ROWS, type PublishedRow } from "./published.ts";
import type { StudyRecord } from "./study.ts";

/**
 * Compares our records with the published rows of one data set and network.
 *
 * @returns one comparison for each row and score that exist in both
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
    return COMPARED_SCORES.flatMap((score) => {
      const values = ours.flatMap((record) => record[score] ?? []);
      return values.length === 0 ? [] : [compareScore(row, score, values)];
    });
  });
}
