import { takeRows } from "../../matrix.ts";
import type { Logits } from "../../matrix_kinds.ts";

/** Of log T. The last Newton step leaves an error of about its square. */
const TOLERANCE = 1e-9;

/** Number of rows from which the search starts on a sample, and rows of the sample. */
const MANY_ROWS = 50_000;
const SAMPLE_ROWS = 10_000;

/** A good start needs three Newton steps. */
const MOST_REFINEMENTS = 6;

/** Bounds of a fitted temperature, `0 < low < high`. */
export interface TemperatureBounds {
  /** Smallest temperature, greater than 0. */
  readonly low: number;
  /** Largest temperature, finite. */
  readonly high: number;
}

/** Where the log loss is smallest between two bounds. */
interface Minimum {
  readonly temperature: number;
  /** Whether it is a bound, beyond which the loss still falls. */
  readonly atBound: boolean;
}

/**
 * The temperature at which the log loss of `softmax(logits / T)` is smallest.
 *
 * @param logits `[n, classes]`, n at least 1, finite or -Infinity
 * @param labels `[n]`, class indices
 * @param bounds of the temperature, `0 < low < high`
 */
export function findTemperature(
  logits: Logits,
  labels: Int32Array,
  bounds: TemperatureBounds,
): Minimum {
  if (logits.rows < MANY_ROWS) return bracketed(logits, labels, bounds);
  const sample = Int32Array.from(
    { length: SAMPLE_ROWS },
    (_, i) => Math.floor(i * logits.rows / SAMPLE_ROWS),
  );
  const start = bracketed(
    takeRows(logits, sample),
    sample.map((row) => labels[row]),
    bounds,
  ).temperature;
  return refined(logits, labels, start, bounds) ??
    bracketed(logits, labels, bounds);
}

/**
 * Newton steps from a start near the minimum. Where they converge is the minimum, as
 * the loss is convex in 1/T; undefined if they do not, or outside the bounds.
 */
function refined(
  logits: Logits,
  labels: Int32Array,
  start: number,
  { low, high }: TemperatureBounds,
): Minimum | undefined {
  let at = Math.log(start);
  for (let i = 0; i < MOST_REFINEMENTS; i++) {
    const temperature = Math.exp(at);
    const { first, second } = slope(logits, labels, temperature);
    const step = first * temperature / second;
    at += step;
    // This form also refuses NaN, of rows whose loss is the same at all T.
    if (!(Math.abs(step) < 1)) return undefined;
    if (Math.abs(step) > TOLERANCE) continue;
    const found = Math.exp(at);
    if (found < low || found > high) return undefined;
    return { temperature: found, atBound: false };
  }
  return undefined;
}

/** Newton steps within a bracket that starts as the bounds. */
function bracketed(
  logits: Logits,
  labels: Int32Array,
  { low, high }: TemperatureBounds,
): Minimum {
  const slopeAtLow = slope(logits, labels, low).first;
  const slopeAtHigh = slope(logits, labels, high).first;
  if (slopeAtLow === 0 && slopeAtHigh === 0) {
    return { temperature: Math.min(Math.max(1, low), high), atBound: false };
  }
  if (slopeAtLow <= 0) return { temperature: low, atBound: true };
  if (slopeAtHigh >= 0) return { temperature: high, atBound: true };
  let bracketLow = Math.log(low);
  let bracketHigh = Math.log(high);
  let at = (bracketLow + bracketHigh) / 2;
  let step = bracketHigh - bracketLow;
  // Terminates, as each step is less than half the previous one or halves the bracket.
  while (Math.abs(step) > TOLERANCE) {
    const temperature = Math.exp(at);
    const { first, second } = slope(logits, labels, temperature);
    if (first > 0) bracketLow = at;
    else bracketHigh = at;
    // Newton in log T: d first / d log T = -second / T.
    const newton = first * temperature / second;
    const trusted = at + newton >= bracketLow && at + newton <= bracketHigh &&
      Math.abs(newton) < Math.abs(step) / 2;
    step = trusted ? newton : (bracketLow + bracketHigh) / 2 - at;
    at += step;
  }
  return { temperature: Math.exp(at), atBound: false };
}

/**
 * The first and second derivatives of the log loss with respect to 1/T: the means of
 * `E_p[z] - z_label` and `Var_p[z]` with `p = softmax(z / T)`. The largest logit of each
 * row is subtracted first, to avoid overflow and cancellation.
 */
function slope(
  { data, rows, columns }: Logits,
  labels: Int32Array,
  temperature: number,
): { first: number; second: number } {
  let first = 0;
  let second = 0;
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    const end = start + columns;
    let largest = data[start];
    for (let k = start + 1; k < end; k++) {
      if (data[k] > largest) largest = data[k];
    }
    let total = 0;
    let weighted = 0;
    let squared = 0;
    for (let k = start; k < end; k++) {
      const z = data[k] - largest;
      const weight = Math.exp(z / temperature);
      // Also skips -Infinity, whose product with 0 would be NaN.
      if (weight === 0) continue;
      total += weight;
      weighted += weight * z;
      squared += weight * z * z;
    }
    const mean = weighted / total;
    first += mean - (data[start + labels[i]] - largest);
    second += squared / total - mean * mean;
  }
  return { first: first / rows, second: second / rows };
}
