/**
 * Where the mass goes that leaves the true class: one function for each rule.
 * Each returns a distribution over the classes, for one instance.
 */
import { logSoftmaxRow } from "../logits/softmax.ts";

/** Evenly over all classes, the true one too: standard label smoothing. */
export function evenOverAll(classes: number): Float64Array {
  return new Float64Array(classes).fill(1 / classes);
}

/**
 * Evenly over the wrong classes; the true class gets 0, unlike in standard
 * label smoothing.
 *
 * @param classes at least 2
 */
export function evenOverWrong(classes: number, label: number): Float64Array {
  const shape = new Float64Array(classes).fill(1 / (classes - 1));
  shape[label] = 0;
  return shape;
}

/**
 * Over the wrong classes as the teacher weighs them: `softmax(z / T)` with the
 * true class masked. Computed in logarithms, never as `p_k / (1 - p_t)`, which
 * is 0/0 where the teacher's probability of the true class rounds to 1.
 *
 * @param logits `[classes]`, finite, at least two
 * @param temperature greater than 0
 */
export function teacherOverWrong(
  logits: ArrayLike<number>,
  label: number,
  temperature: number,
): Float64Array {
  const masked = Float64Array.from(logits);
  masked[label] = -Infinity;
  return logSoftmaxRow(masked, temperature).map(Math.exp);
}

/**
 * Over the wrong classes in proportion to scores that are not negative; evenly
 * where these are all 0.
 *
 * @param scores `[classes]`, each at least 0
 */
export function scoresOverWrong(
  scores: ArrayLike<number>,
  label: number,
): Float64Array {
  const shape = Float64Array.from(scores);
  shape[label] = 0;
  const total = shape.reduce((sum, score) => sum + score, 0);
  if (total === 0) return evenOverWrong(scores.length, label);
  return shape.map((score) => score / total);
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
