import { type Matrix, takeColumns, takeRows } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";

/**
 * A copy of some rows of logits, with the probabilities that they were made of.
 *
 * @param indices row indices in [0, rows), possibly repeated
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import {
 *   logitsOfProbabilities,
 *   matrixOf,
 *   softmax,
 *   takeLogits,
 * } from "@ils/label-smoothing/logits";
 * const logits = logitsOfProbabilities(matrixOf([[0.7, 0.3], [0.5, 0.5]]));
 * const taken = takeLogits(logits, [1]);
 * deepStrictEqual([...softmax(taken).data], [0.5, 0.5]);
 * ```
 */
export function takeLogits(
  logits: Logits,
  indices: ArrayLike<number>,
): Logits {
  return withProbabilities(logits, (matrix) => takeRows(matrix, indices));
}

/**
 * Logits with the classes in another order, and so the probabilities that they were
 * made of.
 *
 * @param order class indices in [0, classes), each once
 */
export function reorderClasses(
  logits: Logits,
  order: readonly number[],
): Logits {
  return withProbabilities(logits, (matrix) => takeColumns(matrix, order));
}

function withProbabilities(
  logits: Logits,
  take: (matrix: Matrix) => Matrix,
): Logits {
  const { rows, columns, probabilities } = logits;
  const taken = take(logits) as Logits;
  if (probabilities === undefined) return taken;
  const { data } = take({ data: probabilities, rows, columns });
  return { ...taken, probabilities: data as Float64Array };
}
