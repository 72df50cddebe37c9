import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import { studentisedRangeQuantile } from "./studentised_range.ts";

/** The size and level of a Nemenyi test. */
export interface NemenyiOptions {
  /** Number of methods, k, at least 2. */
  readonly methods: number;
  /** Number of data sets, N, at least 2. */
  readonly dataSets: number;
  /** Probability of any false difference, in [0.0001, 0.5] (0.05). */
  readonly alpha?: number;
}

/**
 * The critical difference of the Nemenyi test: two of k methods over N data sets
 * differ if their mean ranks are at least this far apart. It is
 * `q sqrt(k (k + 1) / (6 N))`, where q is the `1 - alpha` quantile of the
 * studentised range of k groups, divided by sqrt 2.
 *
 * @param options k, N and the level of the test
 * @returns a difference of mean ranks
 * @throws {BadInput} for numbers outside their ranges
 * @see J. Demšar, "Statistical Comparisons of Classifiers over Multiple Data
 * Sets", JMLR 7, 2006, section 3.2.2 and Table 5
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { criticalDifference } from "@ils/label-smoothing/statistics";
 * const difference = criticalDifference({ methods: 12, dataSets: 11 });
 * strictEqual(difference.toFixed(2), "5.02");
 * ```
 */
export function criticalDifference(options: NemenyiOptions): number {
  const { methods, dataSets, alpha = 0.05 } = options;
  checkWhole("Data sets of a Nemenyi test", dataSets, 2);
  return nemenyiQuantile(methods, alpha) *
    Math.sqrt(methods * (methods + 1) / (6 * dataSets));
}

/**
 * The quantile q of `criticalDifference()`.
 *
 * @param methods whole, in [2, 1000]
 * @param alpha in [0.0001, 0.5]
 * @throws {BadInput} for arguments outside those ranges
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { nemenyiQuantile } from "@ils/label-smoothing/statistics";
 * strictEqual(nemenyiQuantile(2).toFixed(3), "1.960");
 * ```
 */
export function nemenyiQuantile(methods: number, alpha = 0.05): number {
  checkRange("Alpha of a Nemenyi test", alpha, { low: 0.0001, high: 0.5 });
  return studentisedRangeQuantile(1 - alpha, methods) / Math.SQRT2;
}

/** Indices of methods of which no two differ. */
export type Clique = readonly number[];

/**
 * The largest groups of two or more methods whose mean ranks lie within the critical
 * difference: the bars of a critical-difference diagram. A group contained in
 * another is left out.
 *
 * @param ranks finite mean ranks, in any order
 * @param difference at least 0; two ranks that far apart differ
 * @returns indices into `ranks`, the group of the best ranks first
 * @throws {BadInput} if a rank is not finite
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { cliques } from "@ils/label-smoothing/statistics";
 * deepStrictEqual(cliques([1.2, 3.5, 1.9], 1), [[0, 2]]);
 * ```
 */
export function cliques(
  ranks: readonly number[],
  difference: number,
): Clique[] {
  if (!ranks.every(Number.isFinite)) {
    throw new BadInput(
      `Cannot group ranks that are not finite: ${ranks.join(", ")}`,
    );
  }
  const order = ranks.map((_, i) => i).sort((i, j) => ranks[i] - ranks[j]);
  const found: Clique[] = [];
  let reached = 0;
  order.forEach((first, start) => {
    const end = order.findLastIndex((last) =>
      ranks[last] - ranks[first] < difference
    ) + 1;
    // A group that ends where an earlier one did is part of that one.
    if (end - start > 1 && end > reached) found.push(order.slice(start, end));
    reached = Math.max(reached, end);
  });
  return found;
}
