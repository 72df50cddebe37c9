import { checkRange, checkWhole } from "../bad_input.ts";
import { normalUpperTail } from "./normal.ts";

/** The normal density beyond this many deviations is below rounding error. */
const REACH = 9;
/** Step of the trapezoidal rule; 0.25 already gives 1e-13. */
const STEP = 0.1;
/** Upper bound of the quantile for the allowed arguments. */
const FARTHEST = 20;

/**
 * The quantile of the studentised range with infinitely many degrees of freedom: the
 * value below which the range of `groups` independent standard normal variables
 * falls with the given probability.
 *
 * `P(range < q) = k ∫ φ(z) (Φ(z) - Φ(z - q))^(k-1) dz` over the largest variable z,
 * by the trapezoidal rule; q by bisection, to about 1e-10.
 *
 * @param probability in [0.5, 0.9999]
 * @param groups whole, in [2, 1000]
 * @throws {BadInput} for arguments outside those ranges
 * @see H. L. Harter, "Tables of Range and Studentized Range", Annals of
 * Mathematical Statistics 31, 1960
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { studentisedRangeQuantile } from "@ils/label-smoothing/statistics";
 * strictEqual(studentisedRangeQuantile(0.95, 3).toFixed(3), "3.314");
 * ```
 */
export function studentisedRangeQuantile(
  probability: number,
  groups: number,
): number {
  checkRange("Probability of a studentised range", probability, {
    low: 0.5,
    high: 0.9999,
  });
  checkWhole("Groups of a studentised range", groups, 2);
  checkRange("Groups of a studentised range", groups, { low: 2, high: 1000 });
  let low = 0;
  let high = FARTHEST;
  while (high - low > 1e-11) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, groups) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function probabilityWithin(range: number, groups: number): number {
  let total = 0;
  for (let i = -REACH / STEP; i <= REACH / STEP; i++) {
    const z = i * STEP;
    const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    const below = normalUpperTail(z - range) - normalUpperTail(z);
    total += density * below ** (groups - 1);
  }
  return groups * STEP * total;
}
