/** Bandwidths are multiples of 1 / STEPS. */
const STEPS = 1024;

/** The smallest bandwidth, in steps: the first of at least 0.001. */
const LEAST = 2;

/** A number of steps as a bandwidth, in (0, 1]. */
export function toBandwidth(step: number): number {
  return step / STEPS;
}

/**
 * The smallest bandwidth that is at least as large as the error measured with it, in
 * steps. The error does not grow with the bandwidth.
 *
 * @param errorAt the error at a bandwidth in steps
 * @param guess a bandwidth in steps that is probably close, in [2, 1024]; without one,
 * bisection starts from the whole range
 */
export function findBandwidth(
  errorAt: (step: number) => number,
  guess?: number,
): number {
  let low = LEAST - 1;
  let high = STEPS;
  let next = guess ?? STEPS / 2;
  while (high - low > 1) {
    const error = STEPS * errorAt(next);
    if (next < error) low = next;
    else high = next;
    // From a good guess, the error itself is the better guess.
    next = guess === undefined
      ? Math.floor((low + high) / 2)
      : Math.min(Math.max(Math.ceil(error), low + 1), high - 1);
  }
  return high;
}
