import { argMax } from "../matrix.ts";
import type { Probabilities } from "../matrix_kinds.ts";

/** A wrong answer. */
export interface ConfidentError {
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
}

/**
 * The wrong answers that were given with the most confidence, surest first.
 *
 * @param probabilities `[n, classes]`
 * @param labels `[n]`
 */
export function confidentErrors(
  probabilities: Probabilities,
  labels: Int32Array,
  count: number,
): ConfidentError[] {
  const { data, columns } = probabilities;
  const mistakes: ConfidentError[] = [];
  labels.forEach((label, row) => {
    const predicted = argMax(probabilities, row);
    if (predicted === label) return;
    const confidence = data[row * columns + predicted];
    mistakes.push({ row, label, predicted, confidence });
  });
  return mistakes
    .sort((a, b) => b.confidence - a.confidence || a.row - b.row)
    .slice(0, count);
}
