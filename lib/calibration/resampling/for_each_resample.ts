import { stream } from "../../random.ts";

/** Number and seed of resamples. */
export interface ResampleOptions {
  readonly resamples: number;
  readonly seed: number;
  /** Called now and then with the number of finished resamples. */
  readonly onProgress?: ((finished: number, all: number) => void) | undefined;
}

/** Milliseconds after which other work of the same thread has its turn. */
const TURN_MS = 100;

/**
 * Draws bootstrap resamples: n of n rows with replacement. The same seed gives the same
 * resamples, so that everything that is measured on them is paired.
 *
 * @param n number of rows
 * @param visit is called for each resample b with how often each row is drawn, `[n]`;
 * the array is used again
 */
export async function forEachResample(
  n: number,
  { resamples, seed, onProgress }: ResampleOptions,
  visit: (weights: Int32Array, b: number) => void,
): Promise<void> {
  const weights = new Int32Array(n);
  let turn = performance.now();
  for (let b = 0; b < resamples; b++) {
    drawWeights(weights, stream(seed, `bootstrap/${b}`).uniform);
    visit(weights, b);
    if (performance.now() - turn < TURN_MS) continue;
    onProgress?.(b + 1, resamples);
    await new Promise((resolve) => setTimeout(resolve));
    turn = performance.now();
  }
  onProgress?.(resamples, resamples);
}

/** How often each row is drawn. */
function drawWeights(weights: Int32Array, uniform: () => number): void {
  weights.fill(0);
  for (let i = 0; i < weights.length; i++) {
    weights[Math.floor(uniform() * weights.length)]++;
  }
}
