import { BadInput } from "../bad_input.ts";
import { stream } from "../random.ts";
import { checkSetting } from "../setting_rules.ts";
import { NOISE_SETTINGS } from "./settings.ts";

/** Options of `noisyLabels()`. */
export interface NoiseOptions {
  /** Number of classes, at least 2. */
  readonly classes: number;
  /** Probability that a label is replaced, in (0, 1]. */
  readonly rate: number;
  /** Seed of the noise. */
  readonly seed: number;
  /**
   * `[classes][classes]` how often each true class was predicted as each class.
   * A label is replaced in proportion to its row without the diagonal; without
   * confusions, or if the row has none, uniformly.
   */
  readonly confusions?: readonly (readonly number[])[] | undefined;
}

/**
 * Returns labels of which some are replaced by another class, each with the same
 * probability and independently of the others.
 *
 * The numbers come from the stream `label-noise`, two per label. So the same seed
 * and rate replace the same labels with or without confusions, and a higher rate
 * replaces others in addition.
 *
 * @param labels `[n]` class indices
 * @param options number of classes, rate, seed and confusions
 * @returns `[n]` class indices
 * @throws {BadInput} if a number is out of range
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { noisyLabels } from "@ils/label-smoothing/data";
 * const labels = Int32Array.of(0, 1, 1, 0);
 * const noise = { classes: 2, rate: 1, seed: 1 };
 * deepStrictEqual(noisyLabels(labels, noise), Int32Array.of(1, 0, 0, 1));
 * ```
 */
export function noisyLabels(
  labels: Int32Array,
  options: NoiseOptions,
): Int32Array {
  const { classes, rate, seed, confusions } = options;
  checkSetting("rate", rate, NOISE_SETTINGS.rate);
  checkSetting("seed", seed, NOISE_SETTINGS.seed);
  if (classes < 2) {
    throw new BadInput(
      `Label noise needs at least two classes: current value is ${classes}`,
    );
  }
  const weights = Array.from(
    { length: classes },
    (_, k) => replacementWeights(k, classes, confusions?.[k]),
  );
  const random = stream(seed, "label-noise");
  return labels.map((label) => {
    const replaced = random.uniform() < rate;
    const position = random.uniform();
    return replaced ? classAt(weights[label], position) : label;
  });
}

/** Returns the weight of each class as a replacement of a class. */
function replacementWeights(
  label: number,
  classes: number,
  confusions: readonly number[] | undefined,
): number[] {
  const others = Array.from(
    { length: classes },
    (_, k) => k === label ? 0 : confusions?.[k] ?? 0,
  );
  const known = others.some((weight) => weight > 0);
  return known ? others : others.map((_, k) => k === label ? 0 : 1);
}

/** Returns the class at a position in [0, 1) of the cumulative weights. */
function classAt(weights: readonly number[], position: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = position * total;
  let last = 0;
  for (const [k, weight] of weights.entries()) {
    if (weight === 0) continue;
    if (left < weight) return k;
    left -= weight;
    last = k;
  }
  // Rounding may leave nothing for the last class.
  return last;
}
