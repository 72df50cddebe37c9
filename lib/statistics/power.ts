import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import { normalUpperTail } from "./normal.ts";
import { studentTQuantile } from "./student_t.ts";

/** Level and power of a two-sided test. */
export interface TestStrength {
  /** Probability of a false alarm, in [0.001, 1) (0.05). */
  readonly level?: number;
  /** Probability that an effect is found, greater than the level, below 1 (0.8). */
  readonly power?: number;
}

/** Most pairs that `pairsToDecide()` considers. */
const MOST_PAIRS = 100_000;

/**
 * The power of a two-sided paired t-test: the probability that it finds a difference.
 *
 * The statistic has a noncentral t distribution. Given its chi-distributed scale it is
 * normal; the integral over the scale is Simpson's rule with 1,000 intervals, with an
 * absolute error below 1e-7.
 *
 * @param effect mean of the paired differences divided by their standard deviation
 * @param pairs number of pairs, at least 2
 * @param level probability of a false alarm, in [0.001, 1)
 * @returns in [level, 1]
 * @throws {BadInput} for arguments outside those ranges
 * @see J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988,
 * chapter 2
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { pairedTestPower } from "@ils/label-smoothing/statistics";
 * strictEqual(pairedTestPower(1, 10).toFixed(4), "0.8031");
 * ```
 */
export function pairedTestPower(
  effect: number,
  pairs: number,
  level = 0.05,
): number {
  checkRange("Effect", effect, { low: -Infinity, high: Infinity });
  checkWhole("Number of pairs", pairs, 2);
  checkRange("Level", level, { low: 0.001, high: 1, highOpen: true });
  const degrees = pairs - 1;
  const critical = studentTQuantile(1 - level / 2, degrees);
  const shift = effect * Math.sqrt(pairs);
  return meanOverChi(
    degrees,
    (scale) =>
      normalUpperTail(critical * scale - shift) +
      normalUpperTail(critical * scale + shift),
  );
}

/**
 * The number of pairs with which a paired t-test would probably find a difference,
 * if the observed mean and spread are the true ones.
 *
 * @param observed mean difference and standard deviation of the differences
 * @returns the smallest such number, at least 2; `undefined` above 100,000, as for a
 * mean of 0
 * @throws {BadInput} for a negative spread, or a level or power outside its range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { pairsToDecide } from "@ils/label-smoothing/statistics";
 * strictEqual(pairsToDecide({ mean: 0.5, deviation: 1 }), 34);
 * ```
 */
export function pairsToDecide(
  observed: { readonly mean: number; readonly deviation: number },
  strength: TestStrength = {},
): number | undefined {
  const { mean, deviation } = observed;
  const { level, power } = checkStrength(strength);
  checkDeviation(deviation);
  if (mean === 0) return undefined;
  if (deviation === 0) return 2;
  const suffices = (pairs: number) =>
    pairedTestPower(mean / deviation, pairs, level) >= power;
  let enough = 2;
  while (!suffices(enough)) {
    if (enough >= MOST_PAIRS) return undefined;
    enough = Math.min(2 * enough, MOST_PAIRS);
  }
  let few = Math.floor(enough / 2);
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (suffices(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}

/**
 * The smallest difference that a paired t-test with so many pairs would probably find.
 *
 * @param spread standard deviation of the differences, and number of pairs
 * @returns in the unit of the deviation, at least 0
 * @throws {BadInput} for fewer than two pairs, a negative spread, or a level or power
 * outside its range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { smallestDifference } from "@ils/label-smoothing/statistics";
 * const smallest = smallestDifference({ deviation: 2, pairs: 10 });
 * strictEqual(smallest.toFixed(3), "1.992");
 * ```
 */
export function smallestDifference(
  spread: { readonly deviation: number; readonly pairs: number },
  strength: TestStrength = {},
): number {
  const { deviation, pairs } = spread;
  const { level, power } = checkStrength(strength);
  checkDeviation(deviation);
  let high = 1;
  while (pairedTestPower(high, pairs, level) < power) high *= 2;
  let low = 0;
  for (let middle = high / 2; low < middle && middle < high;) {
    if (pairedTestPower(middle, pairs, level) < power) low = middle;
    else high = middle;
    middle = (low + high) / 2;
  }
  return high * deviation;
}

function checkStrength({ level = 0.05, power = 0.8 }: TestStrength) {
  checkRange("Level", level, { low: 0.001, high: 1, highOpen: true });
  const range = { low: level, high: 1, lowOpen: true, highOpen: true };
  checkRange("Power", power, range);
  return { level, power };
}

function checkDeviation(deviation: number): void {
  if (deviation >= 0 && deviation < Infinity) return;
  throw new BadInput(
    `Standard deviation must be at least 0 and finite: current value is ${deviation}`,
  );
}

/** Intervals of Simpson's rule, an even number. */
const INTERVALS = 1000;

/** Standard deviations of the chi distribution on either side of its mean. */
const REACH = 9;

/**
 * The mean of a function of `sqrt(V / degrees)`, where V has a chi-squared
 * distribution. The variable of integration is the root of that scale, which puts more
 * points near 0, where functions of few degrees change fast.
 */
function meanOverChi(
  degrees: number,
  value: (scale: number) => number,
): number {
  const reach = REACH / Math.sqrt(2 * degrees);
  const low = Math.sqrt(Math.max(0, 1 - reach));
  const step = (Math.sqrt(1 + reach) - low) / INTERVALS;
  let total = 0;
  let mass = 0;
  for (let i = 0; i <= INTERVALS; i++) {
    const root = low + i * step;
    const scale = root * root;
    // Relative to the density at 1; `mass` normalises.
    const density = root * scale ** (degrees - 1) *
      Math.exp(degrees / 2 * (1 - scale * scale));
    const weight = density * (i % INTERVALS === 0 ? 1 : 2 + 2 * (i % 2));
    total += weight * value(scale);
    mass += weight;
  }
  return total / mass;
}
