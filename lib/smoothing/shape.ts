/**
 * Shapes: the distribution over the classes of the mass that leaves the true class.
 * Each rule is a function of one instance, with a wrapper that applies it to the
 * samples of a method.
 */
import { logSoftmaxRow } from "../logits/softmax.ts";
import { row } from "../matrix.ts";
import { type ScoresOptions, shiftedShares } from "./scores.ts";
import type { TargetsOptions } from "./targets_options.ts";

/** Uniform over all classes, including the true one: standard label smoothing. */
export function evenOverAll(classes: number): Float64Array {
  return new Float64Array(classes).fill(1 / classes);
}

/**
 * Uniform over the wrong classes; unlike in standard label smoothing, the true class
 * gets 0.
 *
 * @param classes at least 2
 */
export function evenOverWrong(classes: number, label: number): Float64Array {
  const shape = new Float64Array(classes).fill(1 / (classes - 1));
  shape[label] = 0;
  return shape;
}

/**
 * The teacher's distribution over the wrong classes: `softmax(z / T)` with the
 * true class masked. Computed in logarithms, not as `p_k / (1 - p_t)`, which is 0/0
 * if the teacher's probability for the true class rounds to 1. Uniform over the wrong
 * classes if the teacher gives all of them a probability of 0.
 *
 * @param logits `[classes]`, finite or -Infinity, at least two
 * @param temperature T, greater than 0
 */
export function teacherOverWrong(
  logits: ArrayLike<number>,
  label: number,
  temperature: number,
): Float64Array {
  const masked = Float64Array.from(logits);
  masked[label] = -Infinity;
  if (masked.every((z) => z === -Infinity)) {
    return evenOverWrong(masked.length, label);
  }
  return logSoftmaxRow(masked, temperature).map(Math.exp);
}

/**
 * Proportional to the scores of the wrong classes; uniform over them if these are
 * all 0.
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

/** A function from a method's settings and samples to the shape of sample i. */
export type Shapes<Settings> = (
  settings: Settings,
  samples: TargetsOptions,
) => (i: number) => Float64Array;

/** `evenOverAll()` for every sample. */
export const allShapes: Shapes<unknown> = (_, { classes }) => {
  const shape = evenOverAll(classes);
  return () => shape;
};

/** `evenOverWrong()` of each sample's label. */
export const wrongShapes: Shapes<unknown> = (_, { labels, classes }) => (i) =>
  evenOverWrong(classes, labels[i]);

/** `teacherOverWrong()` of each sample's teacher logits. */
export const teacherShapes: Shapes<{ readonly temperature: number }> =
  ({ temperature }, { labels, teacher }) => (i) =>
    teacherOverWrong(row(teacher!.logits, i), labels[i], temperature);

/** Proportional to the teacher's scores; uniform if these are all equal. */
export const scoresShapes: Shapes<ScoresOptions> = (settings, samples) => {
  if (settings.scores === "probabilities") {
    return teacherShapes(settings, samples);
  }
  const { labels, classes, teacher } = samples;
  return (i) => {
    const shares = shiftedShares(row(teacher!.logits, i));
    return shares === undefined
      ? evenOverWrong(classes, labels[i])
      : scoresOverWrong(shares, labels[i]);
  };
};
