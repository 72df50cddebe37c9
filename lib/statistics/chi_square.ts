import { checkRange, checkWhole } from "../bad_input.ts";
import { normalUpperTail } from "./normal.ts";

/**
 * The probability that a chi-square variable exceeds `x`.
 *
 * For whole degrees of freedom it is a finite sum, computed upwards from one or two
 * degrees: `Q(x; n + 2) = Q(x; n) + (x/2)^(n/2) e^(-x/2) / Gamma(n/2 + 1)`.
 *
 * @param x at least 0
 * @param degreesOfFreedom whole, at least 1
 * @returns in [0, 1]
 * @throws {BadInput} for arguments outside those ranges
 * @see M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 1964,
 * 26.4.4, 26.4.5 and 26.4.8
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { chiSquareUpperTail } from "@ils/label-smoothing/statistics";
 * strictEqual(chiSquareUpperTail(3.841458820694124, 1).toFixed(6), "0.050000");
 * ```
 */
export function chiSquareUpperTail(
  x: number,
  degreesOfFreedom: number,
): number {
  checkRange("A chi-square value", x, { low: 0, high: Infinity });
  checkWhole("Degrees of freedom", degreesOfFreedom, 1);
  const odd = degreesOfFreedom % 2 === 1;
  let tail = odd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-x / 2);
  // Gamma(3/2) is sqrt(pi) / 2, Gamma(2) is 1.
  let term = odd
    ? Math.sqrt(2 * x / Math.PI) * Math.exp(-x / 2)
    : x / 2 * Math.exp(-x / 2);
  for (let n = odd ? 1 : 2; n < degreesOfFreedom; n += 2) {
    tail += term;
    term *= x / (n + 2);
  }
  return tail;
}
