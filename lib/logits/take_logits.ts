import { takeRows } from "../matrix.ts";
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
  const taken = takeRows(logits, indices);
  if (logits.probabilities === undefined) return taken;
  const all = { ...logits, data: logits.probabilities };
  return { ...taken, probabilities: takeRows(all, indices).data };
}
