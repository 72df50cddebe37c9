import { takeRows } from "../../matrix.ts";
import type { Logits } from "../../matrix_kinds.ts";

/** Of log T. The last Newton step leaves an error of about its square. */
const TOLERANCE = 1e-9;

/** Number of rows from which the search starts on a sample, and rows of the sample. */
const MANY_ROWS = 50_000;
const SAMPLE_ROWS = 10_000;

/** A good start needs three Newton steps. */
const MOST_REFINEMENTS = 6;

/** Where a search without bounds begins. */
const FIRST_BRACKET: TemperatureBounds = { low: 0.05, high: 20 };
/** From one bracket to the next. */
const WIDENING = 400;
/** Above it, the loss no longer depends on the temperature in float64. */
const HIGHEST = 1e300;

/** Bounds of a fitted temperature, `0 < low < high`. */
export interface TemperatureBounds {
  /** Smallest temperature, greater than 0. */
  readonly low: number;
  /** Largest temperature, finite. */
  readonly high: number;
}

/** Where the log loss is smallest. */
interface Minimum {
  readonly temperature: number;
  /** Whether the loss still falls beyond it. */
  readonly atBound: boolean;
}

/**
 * The temperature at which the log loss of `softmax(logits / T)` is smallest.
 *
 * @param logits `[n, classes]`, n at least 1, finite or -Infinity
 * @param labels `[n]`, class indices
 * @param bounds of the temperature, `0 < low < high`; without them, the minimum is
 * found wherever it lies, and only a loss without any minimum ends at a bound
 */
export function findTemperature(
  logits: Logits,
  labels: Int32Array,
  bounds?: TemperatureBounds,
): Minimum {
  const fromBracket = (rows: Logits, classes: Int32Array) =>
    bounds === undefined
      ? unbounded(rows, classes)
      : bracketed(rows, classes, bounds);
  if (logits.rows < MANY_ROWS) return fromBracket(logits, labels);
  const sample = Int32Array.from(
    { length: SAMPLE_ROWS },
    (_, i) => Math.floor(i * logits.rows / SAMPLE_ROWS),
  );
  const start = fromBracket(
    takeRows(logits, sample),
    sample.map((row) => labels[row]),
  ).temperature;
  return refined(logits, labels, start, bounds) ?? fromBracket(logits, labels);
}

/**
 * Newton steps from a start near the minimum. Where they converge is the minimum, as
 * the loss is convex in 1/T; undefined if they do not, or outside the bounds.
 */
function refined(
  logits: Logits,
  labels: Int32Array,
  start: number,
  { low, high }: TemperatureBounds = { low: 0, high: Infinity },
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

/**
 * Widens the bracket until the minimum is inside. There is none if every label has the
 * largest logit of its row (the loss falls towards T = 0), or if the logits of labels are
 * on average no larger than others (towards infinity).
 */
function unbounded(logits: Logits, labels: Int32Array): Minimum {
  let { low, high } = FIRST_BRACKET;
  const { spread, advantage } = shapeOf(logits, labels);
  if (spread === 0) return { temperature: 1, atBound: false };
  if (everyLabelIsLargest(logits, labels)) {
    // Nearly certain, whatever the size of the logits.
    return { temperature: Math.min(low, spread / 20), atBound: true };
  }
  // Nearly uniform, whatever the size of the logits.
  const uniform = { temperature: Math.max(high, spread), atBound: true };
  if (advantage <= 0) return uniform;
  while (slope(logits, labels, low).first <= 0) {
    high = low;
    low /= WIDENING;
  }
  while (slope(logits, labels, high).first >= 0) {
    low = high;
    high *= WIDENING;
    // The advantage was a rounding error.
    if (high > HIGHEST) return uniform;
  }
  return between(logits, labels, { low, high });
}

/** The minimum between bounds, or the bound towards which the loss falls. */
function bracketed(
  logits: Logits,
  labels: Int32Array,
  bounds: TemperatureBounds,
): Minimum {
  const { low, high } = bounds;
  const slopeAtLow = slope(logits, labels, low).first;
  const slopeAtHigh = slope(logits, labels, high).first;
  if (slopeAtLow === 0 && slopeAtHigh === 0) {
    return { temperature: Math.min(Math.max(1, low), high), atBound: false };
  }
  if (slopeAtLow <= 0) return { temperature: low, atBound: true };
  if (slopeAtHigh >= 0) return { temperature: high, atBound: true };
  return between(logits, labels, bounds);
}

/** Newton steps within a bracket that contains the minimum. */
function between(
  logits: Logits,
  labels: Int32Array,
  { low, high }: TemperatureBounds,
): Minimum {
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

/** Whether no class has a larger logit than the label, in any row. */
export function everyLabelIsLargest(
  { data, columns }: Logits,
  labels: Int32Array,
): boolean {
  return labels.every((label, i) => {
    const start = i * columns;
    const own = data[start + label];
    for (let k = start; k < start + columns; k++) {
      if (data[k] > own) return false;
    }
    return true;
  });
}

/**
 * Means over the rows: `spread`, the largest minus the smallest finite logit, and
 * `advantage`, the label's logit minus the mean of the row's finite ones.
 */
function shapeOf(
  { data, rows, columns }: Logits,
  labels: Int32Array,
): { spread: number; advantage: number } {
  let spread = 0;
  let advantage = 0;
  for (let i = 0; i < rows; i++) {
    const own = data[i * columns + labels[i]];
    let smallest = own;
    let largest = own;
    let difference = 0;
    let finite = 0;
    for (let k = i * columns; k < (i + 1) * columns; k++) {
      if (data[k] === -Infinity) continue;
      if (data[k] > largest) largest = data[k];
      if (data[k] < smallest) smallest = data[k];
      difference += own - data[k];
      finite++;
    }
    spread += largest - smallest;
    advantage += difference / finite;
  }
  return { spread: spread / rows, advantage: advantage / rows };
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
