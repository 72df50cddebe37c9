import { BadInput } from "../bad_input.ts";
import { normalUpperTail } from "./normal.ts";
import { averageRanks } from "./ranks.ts";

/**
 * Up to this many pairs the counts of rank sums are exact integers below 2^53.
 */
const MOST_EXACT = 50;
/** Up to this many pairs the exact distribution is used with ties too. */
const MOST_EXACT_TIED = 13;

/** The result of `wilcoxonSignedRank()`. */
export interface WilcoxonTest {
  /** Number of pairs with a difference. */
  readonly n: number;
  /** The smaller of the rank sums of `a > b` and of `a < b`. */
  readonly statistic: number;
  /** Two-sided; 1 if no pair differs. */
  readonly pValue: number;
}

/**
 * Wilcoxon's signed-rank test of whether `a - b` is symmetric about 0, for paired
 * values (same data set, same seed).
 *
 * Equal pairs are dropped (Wilcoxon's rule); `|a - b|` is ranked from 1, ties with
 * their mean rank. Ties must be equal to the last bit: `0.3 - 0.2` and `0.2 - 0.1`
 * are not. The p-value is `min(1, 2 P(R <= statistic))` where each rank has either
 * sign with probability 1/2. It is exact for at most 50 pairs without ties or equal
 * pairs and for at most 13 with them; otherwise it is normal with
 * `variance = (n (n + 1) (2n + 1) - sum over ties (t^3 - t) / 2) / 24`
 * and no continuity correction, as `method="auto"` of SciPy 1.17.
 *
 * @param a finite values, at least one
 * @param b as many values, in the same order
 * @throws {BadInput} for no pairs, different lengths or values that are not
 * finite
 * @see F. Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics
 * Bulletin 1, 1945
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { wilcoxonSignedRank } from "@ils/label-smoothing/statistics";
 * // All differences have one sign: 2 of the 2^5 sign patterns.
 * const { pValue } = wilcoxonSignedRank([2, 4, 6, 8, 10], [1, 2, 3, 4, 5]);
 * strictEqual(pValue, 2 / 32);
 * ```
 */
export function wilcoxonSignedRank(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): WilcoxonTest {
  const differences = differencesOf(a, b);
  const pairs = differences.length;
  const unequal = differences.filter((difference) => difference !== 0);
  const n = unequal.length;
  const { ranks, tieTerm } = averageRanks(unequal.map(Math.abs));
  const above = ranks.reduce((sum, r, i) => unequal[i] > 0 ? sum + r : sum, 0);
  const statistic = Math.min(above, n * (n + 1) / 2 - above);
  const plain = n === pairs && tieTerm === 0;
  const pValue = pairs <= (plain ? MOST_EXACT : MOST_EXACT_TIED)
    ? exactPValue(ranks, statistic)
    : normalPValue(n, { statistic, tieTerm });
  return { n, statistic, pValue };
}

function differencesOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): Float64Array {
  if (a.length !== b.length || a.length === 0) {
    throw new BadInput(
      "Cannot rank differences as there must be pairs: " +
        `${a.length} and ${b.length} values`,
    );
  }
  const differences = Float64Array.from(a, (value, i) => value - b[i]);
  const odd = differences.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new BadInput(
      "Cannot rank differences as values must be finite: " +
        `pair ${odd} is ${a[odd]} and ${b[odd]}`,
    );
  }
  return differences;
}

/** Counts subsets of ranks by their sum, doubled because ranks can be halves. */
function exactPValue(ranks: Float64Array, statistic: number): number {
  const ways = new Float64Array(2 * statistic + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    for (let sum = 2 * statistic; sum >= 2 * rank; sum--) {
      ways[sum] += ways[sum - 2 * rank];
    }
  }
  const within = ways.reduce((total, count) => total + count, 0);
  return Math.min(1, 2 * within / 2 ** ranks.length);
}

function normalPValue(
  n: number,
  { statistic, tieTerm }: { statistic: number; tieTerm: number },
): number {
  if (n === 0) return 1;
  const variance = (n * (n + 1) * (2 * n + 1) - tieTerm / 2) / 24;
  const z = (n * (n + 1) / 4 - statistic) / Math.sqrt(variance);
  return 2 * normalUpperTail(z);
}
