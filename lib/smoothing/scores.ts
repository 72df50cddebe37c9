import { logSoftmaxRow } from "../logits/softmax.ts";

/**
 * Scores of a teacher: its probabilities, or its logits minus the smallest one as
 * shares of their sum.
 */
export type Scores = "probabilities" | "shifted-logits";

/** How scores are computed from a teacher's logits. */
export interface ScoresOptions {
  /** Divisor of the logits, greater than 0; 1 for shifted logits. */
  readonly temperature: number;
  /** The kind of scores. */
  readonly scores: Scores;
}

/** `softmax(z / T)` of the class `label`. */
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
 * @returns a share in [0, 1], or `undefined` if shifted logits are all equal
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
 * Shifted logits as shares of their sum, `(z_k - min z) / sum_j (z_j - min z)`.
 *
 * @param logits `[classes]`, finite
 * @returns `[classes]`, or `undefined` if all logits are equal and shares are not
 * defined
 */
export function shiftedShares(
  logits: ArrayLike<number>,
): Float64Array | undefined {
  // Halved, as the difference of two finite numbers may overflow.
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
