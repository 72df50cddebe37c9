import { BadInput } from "../bad_input.ts";
import { chiSquareUpperTail } from "./chi_square.ts";
import { type AverageRanks, meanRanks } from "./ranks.ts";

/** The result of `friedmanTest()`. */
export interface FriedmanTest {
  /** Number of data sets, N. */
  readonly dataSets: number;
  /** Number of methods, k. */
  readonly methods: number;
  /** Asymptotically chi-square with `methods - 1` degrees of freedom. */
  readonly statistic: number;
  /** From that distribution; 1 if all methods tie on every data set. */
  readonly pValue: number;
  /**
   * The less conservative statistic of Iman and Davenport,
   * `(N - 1) statistic / (N (k - 1) - statistic)`, F-distributed with `k - 1` and
   * `(k - 1)(N - 1)` degrees of freedom; infinite if all data sets agree.
   */
  readonly imanDavenport: number;
}

/**
 * Friedman's test of whether k methods have equal ranks over N data sets:
 * `12 N / (k (k + 1)) (sum_j R_j^2 - k (k + 1)^2 / 4)` of the mean ranks R,
 * divided by `1 - sum (t^3 - t) / (N (k^3 - k))` for ties, as in SciPy.
 *
 * @param rows `[N, k]`, the result of `rankRows()`, for at least two data sets
 * @throws {BadInput} for fewer than two data sets
 * @see M. Friedman, "The Use of Ranks to Avoid the Assumption of Normality
 * Implicit in the Analysis of Variance", JASA 32, 1937
 * @see R. Iman and J. Davenport, "Approximations of the Critical Region of the
 * Friedman Statistic", Communications in Statistics A9, 1980
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { friedmanTest, rankRows } from "@ils/label-smoothing/statistics";
 * // Three methods in the same order on four data sets.
 * const scores = [[1, 2, 3], [2, 3, 4], [1, 3, 5], [0, 1, 2]];
 * const { statistic, pValue } = friedmanTest(rankRows(scores, "lower"));
 * strictEqual(statistic, 8);
 * strictEqual(pValue.toFixed(4), "0.0183");
 * ```
 */
export function friedmanTest(rows: readonly AverageRanks[]): FriedmanTest {
  const n = rows.length;
  if (n < 2) {
    throw new BadInput(
      `Cannot test ranks as there must be two data sets or more: ${n}`,
    );
  }
  const means = meanRanks(rows);
  const k = means.length;
  const tied = rows.reduce((sum, { tieTerm }) => sum + tieTerm, 0);
  const untied = 1 - tied / (n * (k ** 3 - k));
  // Relative to the mean rank, so that equal ranks give exactly 0.
  const spread = means.reduce((sum, r) => sum + (r - (k + 1) / 2) ** 2, 0);
  const statistic = untied === 0 ? 0 : 12 * n / (k * (k + 1)) * spread / untied;
  return {
    dataSets: n,
    methods: k,
    statistic,
    pValue: chiSquareUpperTail(statistic, k - 1),
    imanDavenport: imanDavenport(statistic, n, k),
  };
}

function imanDavenport(statistic: number, n: number, k: number): number {
  const left = n * (k - 1) - statistic;
  // Zero up to rounding error.
  return left <= 1e-12 * n * k ? Infinity : (n - 1) * statistic / left;
}
