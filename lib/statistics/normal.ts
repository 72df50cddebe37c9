/** From here on the continued fraction takes over; it needs `TERMS` of itself. */
const FAR = 2;
const TERMS = 100;

/**
 * The probability that a standard normal variable exceeds `z`,
 * `erfc(z / sqrt(2)) / 2`.
 *
 * A power series near the middle and Laplace's continued fraction in the tail;
 * below 0 it is one minus the other side. The relative error stays below 1e-12.
 *
 * @param z any number; NaN gives NaN
 * @see M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 1964,
 * 26.2.11 and 26.2.14
 *
 * @example
 * ```ts
 * import { normalUpperTail } from "./normal.ts";
 * normalUpperTail(1.959963984540054); // 0.025
 * ```
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  return z < FAR ? 0.5 - density * series(z) : density / fraction(z);
}

/** `z + z^3 / 3 + z^5 / (3 5) + ...`, until a term no longer counts. */
function series(z: number): number {
  let total = 0;
  let term = z;
  for (let odd = 3; total + term !== total; odd += 2) {
    total += term;
    term *= z * z / odd;
  }
  return total;
}

/** `z + 1 / (z + 2 / (z + 3 / (z + ...)))`, from its far end. */
function fraction(z: number): number {
  let value = z;
  for (let k = TERMS; k >= 1; k--) value = z + k / value;
  return value;
}
