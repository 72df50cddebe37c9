import { BadInput } from "../bad_input.ts";
import { row } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";
import { type Shapes, teacherOverWrong, teacherShapes } from "./shape.ts";

/**
 * The shapes of class-based smoothing: for each class, the mean over its rows of
 * the teacher's distribution over the wrong classes.
 *
 * @param logits `[n, classes]` of the teacher
 * @param labels `[n]`, each in [0, classes)
 * @param temperature divisor of the logits, greater than 0
 * @returns one distribution `[classes]` per class, 0 at the class itself
 * @throws {BadInput} if a class has no rows
 */
export function classShapes(
  logits: Logits,
  labels: Int32Array,
  temperature: number,
): Float64Array[] {
  const classes = logits.columns;
  const sums = Array.from({ length: classes }, () => new Float64Array(classes));
  const counts = new Int32Array(classes);
  labels.forEach((label, i) => {
    counts[label]++;
    const shape = teacherOverWrong(row(logits, i), label, temperature);
    for (let k = 0; k < classes; k++) sums[label][k] += shape[k];
  });
  const missing = counts.indexOf(0);
  if (missing >= 0) {
    throw new BadInput(
      `Cannot build class-based targets as every class must have a row: ` +
        `class ${missing} has none`,
    );
  }
  return sums.map((sum, label) => sum.map((share) => share / counts[label]));
}

/** `classShapes()` of the samples, selected by each sample's label. */
export const classMeanShapes: Shapes<{ readonly temperature: number }> = (
  { temperature },
  { labels, teacher },
) => {
  const byClass = classShapes(teacher!.logits, labels, temperature);
  return (i) => byClass[labels[i]];
};

/**
 * `(1 - shrink) * class mean + shrink * instance` of `classMeanShapes()` and
 * `teacherShapes()`. At `shrink` 1 a class may have no rows.
 */
export const shrunkShapes: Shapes<
  { readonly shrink: number; readonly temperature: number }
> = (settings, samples) => {
  const { shrink } = settings;
  const instances = teacherShapes(settings, samples);
  if (shrink === 1) return instances;
  const means = classMeanShapes(settings, samples);
  return (i) => {
    const instance = instances(i);
    return means(i).map((share, k) =>
      (1 - shrink) * share + shrink * instance[k]
    );
  };
};
