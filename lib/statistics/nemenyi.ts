import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import { studentisedRangeQuantile } from "./studentised_range.ts";

/** How many methods and data sets are compared, and how surely. */
export interface NemenyiOptions {
  /** k, at least 2. */
  readonly methods: number;
  /** N, at least 2. */
  readonly dataSets: number;
  /** Chance of any false difference, in [0.0001, 0.5] (0.05). */
  readonly alpha?: number;
}

/**
 * How far apart the mean ranks of two of k methods over N data sets must be to
 * differ in the Nemenyi test: `q sqrt(k (k + 1) / (6 N))`, where q is the
 * `1 - alpha` quantile of the studentised range of k groups with infinitely
 * many degrees of freedom, divided by sqrt 2.
 *
 * @throws {BadInput} for numbers outside their ranges
 * @see J. Demšar, "Statistical Comparisons of Classifiers over Multiple Data
 * Sets", JMLR 7, 2006, section 3.2.2 and Table 5
 *
 * @example
 * ```ts
 * import { criticalDifference } from "./nemenyi.ts";
 * criticalDifference({ methods: 12, dataSets: 11 }); // 5.024
 * ```
 */
export function criticalDifference(
  { methods, dataSets, alpha = 0.05 }: NemenyiOptions,
): number {
  checkWhole("Data sets of a Nemenyi test", dataSets, 2);
  return nemenyiQuantile(methods, alpha) *
    Math.sqrt(methods * (methods + 1) / (6 * dataSets));
}

/** The q of `criticalDifference()`: 1.960 for 2 methods at 0.05. */
export function nemenyiQuantile(methods: number, alpha = 0.05): number {
  checkRange("Alpha of a Nemenyi test", alpha, { low: 0.0001, high: 0.5 });
  return studentisedRangeQuantile(1 - alpha, methods) / Math.SQRT2;
}

/** Methods none of which differs from another, by their places in the list. */
export type Clique = readonly number[];

/**
 * The largest groups of two methods or more whose mean ranks lie within the
 * critical difference, from the best to the worst: the bars of a diagram. A
 * group that another one holds is left out.
 *
 * @param ranks finite mean ranks, in any order
 * @param difference at least 0; two ranks that far apart differ
 * @returns the places in `ranks`, best first
 * @throws {BadInput} if a rank is not finite
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
    // One that ends where an earlier one did is a part of it.
    if (end - start > 1 && end > reached) found.push(order.slice(start, end));
    reached = Math.max(reached, end);
  });
  return found;
}
