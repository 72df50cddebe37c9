import { BadInput } from "../bad_input.ts";
import { chiSquareUpperTail } from "./chi_square.ts";
import { type AverageRanks, meanRanks } from "./ranks.ts";

/** What `friedmanTest()` finds. */
export interface FriedmanTest {
  readonly dataSets: number;
  readonly methods: number;
  /** Chi-square in the limit of many data sets, with `methods - 1` degrees. */
  readonly statistic: number;
  /** Of that limit; 1 where all methods tie on every data set. */
  readonly pValue: number;
  /**
   * Iman and Davenport's less conservative form,
   * `(N - 1) statistic / (N (k - 1) - statistic)`, which follows F with
   * `k - 1` and `(k - 1)(N - 1)` degrees; infinite where all data sets agree.
   */
  readonly imanDavenport: number;
}

/**
 * Friedman's test of whether k methods are ranked alike over N data sets:
 * `12 N / (k (k + 1)) (sum_j R_j^2 - k (k + 1)^2 / 4)` of the mean ranks R,
 * divided by `1 - sum (t^3 - t) / (N (k^3 - k))` for ties, as SciPy does.
 *
 * @param rows `[N, k]`, what `rankRows()` gives, of at least two data sets
 * @throws {BadInput} for fewer data sets
 * @see M. Friedman, "The Use of Ranks to Avoid the Assumption of Normality
 * Implicit in the Analysis of Variance", JASA 32, 1937
 * @see R. Iman and J. Davenport, "Approximations of the Critical Region of the
 * Friedman Statistic", Communications in Statistics A9, 1980
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
  // About their mean, so that equal ranks give exactly 0.
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
  // What rounding leaves of a difference of equal numbers.
  return left <= 1e-12 * n * k ? Infinity : (n - 1) * statistic / left;
}
