import { BadInput, checkRange } from "../bad_input.ts";
import { studentTQuantile } from "./student_t.ts";

/**
 * The mean of at least one value.
 *
 * @throws {BadInput} for no values
 */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new BadInput("Cannot average no values");
  // From the first value on, so that equal values have exactly that mean.
  let total = 0;
  for (let i = 1; i < values.length; i++) total += values[i] - values[0];
  return values[0] + total / values.length;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/**
 * The sample standard deviation `sqrt(sum (x - mean)^2 / (n - 1))`; NaN for a
 * single value, which has none.
 *
 * @throws {BadInput} for no values
 */
export function sampleStandardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * The standard error of the mean, `deviation / sqrt(n)`; NaN for a single value.
 *
 * @throws {BadInput} for no values
 */
export function standardError(values: ArrayLike<number>): number {
  return sampleStandardDeviation(values) / Math.sqrt(values.length);
}

/** The mean of `a - b` over pairs, and the interval it is known within. */
export interface PairedDifference {
  /** Pairs. */
  readonly n: number;
  readonly mean: number;
  readonly standardError: number;
  /** Ends of Student's t interval for the mean. */
  readonly low: number;
  readonly high: number;
}

/**
 * How much larger `a` is than `b` where they come in pairs (the same seed, the
 * same data set), with Student's t interval
 * `mean ± t(1 - (1 - confidence)/2, n - 1) * standard error`.
 *
 * @param a at least two values
 * @param b as many, in the same order
 * @param options `confidence` in (0, 0.999], 0.95 unless given
 * @throws {BadInput} for fewer than two pairs, different lengths or a confidence
 * outside that range
 * @see Student, "The Probable Error of a Mean", Biometrika 6, 1908
 *
 * @example
 * ```ts
 * import { pairedDifference } from "./summary.ts";
 * // Differences 1, 2, 3: mean 2, from -0.48 to 4.48.
 * pairedDifference([2, 4, 6], [1, 2, 3]);
 * ```
 */
export function pairedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { confidence = 0.95 }: { confidence?: number } = {},
): PairedDifference {
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
 * `mean ± sample standard deviation`, each with `digits` decimals, such as
 * "0.893 ± 0.004"; the mean alone for a single value.
 *
 * @param digits decimals, a whole number in [0, 100]
 * @throws {BadInput} for no values
 */
export function formatMean(values: ArrayLike<number>, digits: number): string {
  const centre = mean(values).toFixed(digits);
  if (values.length === 1) return centre;
  return `${centre} ± ${sampleStandardDeviation(values).toFixed(digits)}`;
}
