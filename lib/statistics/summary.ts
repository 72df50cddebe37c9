import { BadInput, checkRange } from "../bad_input.ts";
import { studentTQuantile } from "./student_t.ts";

/**
 * The mean of at least one value.
 *
 * @param values finite numbers
 * @throws {BadInput} if there are no values
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { mean } from "@ils/label-smoothing/statistics";
 * strictEqual(mean([1, 2, 6]), 3);
 * ```
 */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new BadInput("Cannot average no values");
  // Summed relative to the first value, so that equal values give their value.
  let total = 0;
  for (let i = 1; i < values.length; i++) total += values[i] - values[0];
  return values[0] + total / values.length;
}

/**
 * The middle value, or the mean of the two middle values.
 *
 * @param values finite numbers, at least one
 * @returns NaN if there are no values
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { median } from "@ils/label-smoothing/statistics";
 * strictEqual(median([5, 1, 2, 10]), 3.5);
 * ```
 */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/**
 * The sample standard deviation, `sqrt(sum (x - mean)^2 / (n - 1))`.
 *
 * @param values finite numbers, at least one
 * @returns at least 0; NaN for a single value
 * @throws {BadInput} if there are no values
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { sampleStandardDeviation } from "@ils/label-smoothing/statistics";
 * strictEqual(sampleStandardDeviation([1, 2, 3]), 1);
 * ```
 */
export function sampleStandardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * The standard error of the mean, `sampleStandardDeviation / sqrt(n)`.
 *
 * @param values finite numbers, at least one
 * @returns at least 0; NaN for a single value
 * @throws {BadInput} if there are no values
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { standardError } from "@ils/label-smoothing/statistics";
 * strictEqual(standardError([1, 3]), 1);
 * ```
 */
export function standardError(values: ArrayLike<number>): number {
  return sampleStandardDeviation(values) / Math.sqrt(values.length);
}

/** The mean of `a - b` over pairs, with a confidence interval. */
export interface PairedDifference {
  /** Number of pairs. */
  readonly n: number;
  /** Mean of `a - b`. */
  readonly mean: number;
  /** Standard error of that mean. */
  readonly standardError: number;
  /** Lower end of Student's t interval for the mean. */
  readonly low: number;
  /** Upper end of that interval. */
  readonly high: number;
}

/**
 * The mean difference between paired values (same seed, same data set), with
 * Student's t interval `mean ± t(1 - (1 - confidence) / 2, n - 1) * standardError`.
 *
 * @param a at least two finite values
 * @param b as many values, in the same order
 * @param options `confidence` in (0, 0.999] (0.95)
 * @throws {BadInput} for fewer than two pairs, different lengths or a confidence
 * outside its range
 * @see Student, "The Probable Error of a Mean", Biometrika 6, 1908
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { pairedDifference } from "@ils/label-smoothing/statistics";
 * const { mean, low, high } = pairedDifference([2, 4, 6], [1, 2, 3]);
 * strictEqual(mean, 2);
 * strictEqual(low.toFixed(2), "-0.48");
 * strictEqual(high.toFixed(2), "4.48");
 * ```
 */
export function pairedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: { confidence?: number } = {},
): PairedDifference {
  const { confidence = 0.95 } = options;
  const n = a.length;
  if (n !== b.length || n < 2) {
    throw new BadInput(
      `Cannot compare pairs as there must be two or more: ${n} and ${b.length} values`,
    );
  }
  checkRange("Cannot compare pairs as the confidence", confidence, {
    low: 0,
    high: 0.999,
    lowOpen: true,
  });
  const differences = Float64Array.from(a, (value, i) => value - b[i]);
  const centre = mean(differences);
  const error = standardError(differences);
  const reach = error * studentTQuantile((1 + confidence) / 2, n - 1);
  return {
    n,
    mean: centre,
    standardError: error,
    low: centre - reach,
    high: centre + reach,
  };
}

/**
 * Text such as "0.893 ± 0.004": the mean and the sample standard deviation, or the
 * mean alone for a single value.
 *
 * @param values finite numbers, at least one
 * @param digits decimals, a whole number in [0, 100]
 * @throws {BadInput} if there are no values
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { formatMean } from "@ils/label-smoothing/statistics";
 * strictEqual(formatMean([1, 2, 3], 1), "2.0 ± 1.0");
 * ```
 */
export function formatMean(values: ArrayLike<number>, digits: number): string {
  const centre = mean(values).toFixed(digits);
  if (values.length === 1) return centre;
  return `${centre} ± ${sampleStandardDeviation(values).toFixed(digits)}`;
}
