/**
 * Where the mass goes that leaves the true class: for each rule a function of
 * one instance that returns a distribution over the classes, and its form for
 * the samples of a method.
 */
import { logSoftmaxRow } from "../logits/softmax.ts";
import { row } from "../matrix.ts";
import { type ScoresOptions, shiftedShares } from "./scores.ts";
import type { TargetsOptions } from "./targets_options.ts";

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

/** Shapes of samples, by the settings of a method. */
export type Shapes<Settings> = (
  settings: Settings,
  samples: TargetsOptions,
) => (i: number) => Float64Array;

/** Over all classes: `evenOverAll()`. */
export const allShapes: Shapes<unknown> = (_, { classes }) => {
  const shape = evenOverAll(classes);
  return () => shape;
};

/** Evenly over the wrong classes: `evenOverWrong()`. */
export const wrongShapes: Shapes<unknown> = (_, { labels, classes }) => (i) =>
  evenOverWrong(classes, labels[i]);

/** As the teacher weighs the wrong classes: `teacherOverWrong()`. */
export const teacherShapes: Shapes<{ readonly temperature: number }> =
  ({ temperature }, { labels, teacher }) => (i) =>
    teacherOverWrong(row(teacher!.logits, i), labels[i], temperature);

/** In proportion to the teacher's scores; evenly where these are all equal. */
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
