/**
 * How much mass leaves the true class: one function for each rule, of one
 * instance.
 */

/** What a quadratic amount is told. */
export interface QuadraticOptions {
  /** P1: the probability at which nothing is taken, in [0, 1]. */
  readonly p1: number;
  /** P2: how fast the amount grows away from it, at least 0. */
  readonly p2: number;
  /** The largest amount, in [0, 1). */
  readonly maxEpsilon: number;
}

/** `epsilon * p`: the surer the teacher, the more is taken. */
export function proportionalAmount(
  epsilon: number,
  trueProbability: number,
): number {
  return epsilon * trueProbability;
}

/** `epsilon * (1 - p)`: the less sure the teacher, the more is taken. */
export function inverseAmount(
  epsilon: number,
  trueProbability: number,
): number {
  return epsilon * (1 - trueProbability);
}

/**
 * `lambda * (1 - p)`: the true class loses its part of a teacher mixed in with
 * weight lambda.
 *
 * @param logTrueProbability log p, at most 0, from which `1 - p` is exact
 * also where p is all but 1
 */
export function mixtureAmount(
  lambda: number,
  logTrueProbability: number,
): number {
  // From 0, as -expm1(0) would be a negative zero.
  return lambda * (0 - Math.expm1(logTrueProbability));
}

/**
 * `min(maxEpsilon, P2 (p - P1)^2)`: nothing is taken where the teacher gives
 * the true class the probability P1, more on either side.
 *
 * @param trueProbability the temperature-scaled teacher's, in [0, 1]
 */
export function quadraticAmount(
  trueProbability: number,
  { p1, p2, maxEpsilon }: QuadraticOptions,
): number {
  return Math.min(maxEpsilon, p2 * (trueProbability - p1) ** 2);
}
