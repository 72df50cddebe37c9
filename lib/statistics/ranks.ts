import { BadInput } from "../bad_input.ts";
import { mean } from "./summary.ts";

/** Ranks of values, with ties sharing the mean of their ranks. */
export interface AverageRanks {
  /** `[n]`, from 1 for the smallest value, in the order of the values. */
  readonly ranks: Float64Array;
  /** The sum of `t^3 - t` over groups of `t` equal values. */
  readonly tieTerm: number;
}

/**
 * Ranks values from 1 for the smallest; equal values share the mean of their ranks.
 *
 * @param values finite numbers
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { averageRanks } from "@ils/label-smoothing/statistics";
 * deepStrictEqual([...averageRanks([0.3, 0.1, 0.3]).ranks], [2.5, 1, 2.5]);
 * ```
 */
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
 * Ranks methods on each data set, the best method first.
 *
 * @param scores one row per data set, `[data sets, methods]`, finite
 * @param better which direction of the score is better
 * @returns one entry per data set; rank 1 is its best method
 * @throws {BadInput} for no rows, rows of different lengths, fewer than two
 * methods or a score that is not finite
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { rankRows } from "@ils/label-smoothing/statistics";
 * const [first] = rankRows([[0.9, 0.8, 0.7]], "higher");
 * deepStrictEqual([...first.ranks], [1, 2, 3]);
 * ```
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
 * The mean rank of each method over data sets. The mean over all methods is
 * `(methods + 1) / 2`.
 *
 * @param rows `[data sets, methods]`, the result of `rankRows()`
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { meanRanks, rankRows } from "@ils/label-smoothing/statistics";
 * // Log loss of three methods on two data sets; the tie shares ranks 1 and 2.
 * const rows = rankRows([[0.3, 0.2, 0.2], [0.5, 0.4, 0.6]], "lower");
 * deepStrictEqual(meanRanks(rows), [2.5, 1.25, 2.25]);
 * ```
 */
export function meanRanks(rows: readonly AverageRanks[]): number[] {
  return Array.from(
    rows[0].ranks,
    (_, method) => mean(rows.map(({ ranks }) => ranks[method])),
  );
}
