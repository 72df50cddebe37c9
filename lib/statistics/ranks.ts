import { BadInput } from "../bad_input.ts";
import { mean } from "./summary.ts";

/** Values put in order, ties sharing the mean of their places. */
export interface AverageRanks {
  /** From 1 for the smallest value, in the order of the values. */
  readonly ranks: Float64Array;
  /** The sum of `t^3 - t` over groups of `t` equal values. */
  readonly tieTerm: number;
}

/** Ranks from 1, equal values sharing their mean. */
export function averageRanks(values: ArrayLike<number>): AverageRanks {
  const order = Array.from(values, (_, i) => i)
    .sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(values.length);
  let tieTerm = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) {
      end++;
    }
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    tieTerm += (end - start) ** 3 - (end - start);
  }
  return { ranks, tieTerm };
}

/**
 * The ranks of methods on each data set, the best first.
 *
 * @param scores a row a data set, `[data sets, methods]`, finite
 * @param better which end of a score is the good one
 * @returns a row a data set, rank 1 for its best method
 * @throws {BadInput} for no rows, rows of different lengths, fewer than two
 * methods or a score that is not finite
 */
export function rankRows(
  scores: readonly ArrayLike<number>[],
  better: "lower" | "higher",
): AverageRanks[] {
  const methods = scores[0]?.length ?? 0;
  if (methods < 2) {
    throw new BadInput(
      "Cannot rank methods as there must be a data set and two methods or " +
        `more: ${scores.length} data sets and ${methods} methods`,
    );
  }
  const sign = better === "lower" ? 1 : -1;
  return scores.map((row, i) => {
    const values = Array.from(row);
    if (values.length !== methods || !values.every(Number.isFinite)) {
      throw new BadInput(
        `Cannot rank methods as each data set must have ${methods} finite ` +
          `scores: data set ${i} has ${values.join(", ")}`,
      );
    }
    return averageRanks(values.map((value) => sign * value));
  });
}

/**
 * Each method's mean rank over data sets; those of all methods average
 * `(methods + 1) / 2`.
 *
 * @param rows `[data sets, methods]`, what `rankRows()` gives
 *
 * @example
 * ```ts
 * import { meanRanks, rankRows } from "./ranks.ts";
 * // Log loss of three methods on two data sets.
 * meanRanks(rankRows([[0.3, 0.2, 0.2], [0.5, 0.4, 0.6]], "lower"));
 * // [2.5, 1.25, 2.25]: the tie on the first shares the ranks 1 and 2
 * ```
 */
export function meanRanks(rows: readonly AverageRanks[]): number[] {
  return Array.from(
    rows[0].ranks,
    (_, method) => mean(rows.map(({ ranks }) => ranks[method])),
  );
}
