import type { PreparedRows } from "./prepared_rows.ts";
import { selectiveScores } from "./selective_scores.ts";
import type { SumScores } from "./sum_scores.ts";

/** Share of the rows in a cell. */
const SHARE = 1 / 250;

/** Metrics over all shares of rejected rows. */
export const AREAS = ["aurc", "augrc", "confidenceAuroc"] as const;

/**
 * Metrics of the rejection of uncertain rows, of which only the place among some 260
 * cells of confidence counts: the errors of a cell are shared evenly. Of 100,000 rows or
 * more, the difference is below 2 % of the width of an interval.
 */
export function areasOfCells(
  rows: PreparedRows,
): SumScores<typeof AREAS[number]> {
  const { cell, cells } = confidenceCells(rows);
  const { correct } = rows.top;
  const pairs = Array.from({ length: 2 * cells }, (_, at) => at);
  const measure = selectiveScores({
    confidence: Float64Array.from(pairs, (at) => Math.floor(at / 2)),
    correct: Uint8Array.from(pairs, (at) => at % 2),
  }, cell.length);
  return {
    // The numbers of wrong and of right rows of each cell.
    size: 2 * cells,
    add(i, weight, sums) {
      sums[2 * cell[i] + correct[i]] += weight;
    },
    metrics: (sums) => measure({ byConfidence: Int32Array.from(sums) }),
  };
}

/**
 * The cell of each row, by increasing confidence; rows of equal confidence share one.
 * Those of the most confident rows have 1, 2, 4, ... rows, as areas count each of these.
 */
function confidenceCells({ order, confidence }: PreparedRows) {
  const n = order.length;
  const wide = Math.floor(n * SHARE);
  const narrow = Math.floor(Math.log2(wide)) + 1;
  const cellAt = (rank: number) =>
    rank < wide
      ? Math.floor(Math.log2(rank + 1))
      : narrow - 1 + Math.floor(rank / wide);
  const cells = cellAt(n - 1) + 1;
  const cell = new Uint16Array(n);
  let current = 0;
  for (let at = n - 1; at >= 0; at--) {
    if (at === n - 1 || confidence[at] !== confidence[at + 1]) {
      current = cells - 1 - cellAt(n - 1 - at);
    }
    cell[order[at]] = current;
  }
  return { cell, cells };
}
