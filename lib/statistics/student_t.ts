import { checkRange, checkWhole } from "../bad_input.ts";

/** Smaller tails lose accuracy, because a probability near 1 is rounded. */
const FARTHEST = 1e-6;

/**
 * The quantile of Student's t distribution: the value below which a t variable falls
 * with the given probability.
 *
 * For whole degrees of freedom the distribution function is a finite sum in the
 * angle `atan(t / sqrt(degreesOfFreedom))`, without approximation; the angle is
 * found by bisection. The relative error is below 1e-9.
 *
 * @param probability in [1e-6, 1 - 1e-6]
 * @param degreesOfFreedom whole, at least 1
 * @throws {BadInput} for arguments outside those ranges
 * @see M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 1964,
 * 26.7.3 and 26.7.4
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { studentTQuantile } from "@ils/label-smoothing/statistics";
 * // For a 95 % interval of the mean of three values.
 * strictEqual(studentTQuantile(0.975, 2).toFixed(3), "4.303");
 * ```
 */
export function studentTQuantile(
  probability: number,
  degreesOfFreedom: number,
): number {
  checkRange("Probability of a Student t quantile", probability, {
    low: FARTHEST,
    high: 1 - FARTHEST,
  });
  checkWhole("Degrees of freedom", degreesOfFreedom, 1);
  const inside = Math.abs(2 * probability - 1);
  let low = 0;
  let high = Math.PI / 2;
  for (let middle = high / 2; low < middle && middle < high;) {
    if (massWithin(middle, degreesOfFreedom) < inside) low = middle;
    else high = middle;
    middle = (low + high) / 2;
  }
  const t = Math.sqrt(degreesOfFreedom) * Math.tan(high);
  return inside === 0 ? 0 : Math.sign(probability - 0.5) * t;
}

/** The probability of |T| < sqrt(degrees) tan(angle), for an angle in [0, pi/2]. */
function massWithin(angle: number, degrees: number): number {
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  // Even: sin (1 + 1/2 cos^2 + 1/2 3/4 cos^4 + ... to cos^(degrees - 2)).
  // Odd: 2/pi (angle + sin (cos + 2/3 cos^3 + ... to cos^(degrees - 2))).
  let term = odd ? cosine : 1;
  let total = 0;
  for (let power = odd ? 1 : 0; power <= degrees - 2; power += 2) {
    total += term;
    term *= cosine * cosine * (power + 1) / (power + 2);
  }
  return odd ? (angle + sine * total) * 2 / Math.PI : sine * total;
}
