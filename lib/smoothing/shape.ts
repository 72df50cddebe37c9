/**
 * Where the mass goes that leaves the true class: one function for each rule.
 * Each returns a distribution over the classes, for one instance.
 */
import { logSoftmaxRow } from "../softmax.ts";

/** Evenly over all classes, the true one too: standard label smoothing. */
export function evenOverAll(classes: number): Float64Array {
  return new Float64Array(classes).fill(1 / classes);
}

/** Evenly over the wrong classes; the true class gets 0. */
export function evenOverWrong(classes: number, label: number): Float64Array {
  const shape = new Float64Array(classes).fill(1 / (classes - 1));
  shape[label] = 0;
  return shape;
}

/**
 * Over the wrong classes as the teacher ranks them: `softmax(z / T)` with the
 * true class masked. Computed in logarithms, never as `p_k / (1 - p_t)`, which
 * is 0/0 where the teacher's probability of the true class rounds to 1.
 *
 * @param logits `[classes]`, at least two
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
 * where they are all 0.
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
