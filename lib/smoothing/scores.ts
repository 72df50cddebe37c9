import { logSoftmaxRow } from "../logits/softmax.ts";

/** What a method takes as a teacher's scores. */
export type Scores = "probabilities" | "shifted-logits";

/** How scores are made of a teacher's logits. */
export interface ScoresOptions {
  /** Divides the logits where scores are probabilities, greater than 0. */
  readonly temperature: number;
  /** What is read off the logits. */
  readonly scores: Scores;
}

/** `softmax(z / T)` of one class. */
export function probability(
  logits: ArrayLike<number>,
  label: number,
  temperature: number,
): number {
  return Math.exp(logSoftmaxRow(logits, temperature)[label]);
}

/**
 * The true class's share of a teacher's scores.
 *
 * @returns a share in [0, 1], or `undefined` where the scores are all equal
 */
export function trueShare(
  logits: ArrayLike<number>,
  label: number,
  { temperature, scores }: ScoresOptions,
): number | undefined {
  return scores === "probabilities"
    ? probability(logits, label, temperature)
    : shiftedShares(logits)?.[label];
}

/**
 * Shifted logits as shares of their sum, `(z_k - min z) / sum_j (z_j - min z)`:
 * the other reading of a teacher's scores. Without shares, where all logits
 * are equal, the teacher says nothing.
 *
 * @param logits `[classes]`, finite
 * @returns `[classes]`, or `undefined` where all logits are equal
 */
export function shiftedShares(
  logits: ArrayLike<number>,
): Float64Array | undefined {
  // Halves, as the difference of two finite numbers need not be finite.
  const halves = Float64Array.from(logits, (z) => z / 2);
  let least = Infinity;
  let most = -Infinity;
  for (const half of halves) {
    least = Math.min(least, half);
    most = Math.max(most, half);
  }
  if (least === most) return undefined;
  const scores = halves.map((half) => (half - least) / (most - least));
  const total = scores.reduce((sum, score) => sum + score, 0);
  return scores.map((score) => score / total);
}
