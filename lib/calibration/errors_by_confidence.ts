import type { Probabilities } from "../matrix_kinds.ts";
import { topLabels } from "./bins.ts";
import { checkProbabilities } from "./check.ts";
import { sortOrder } from "./sort_order.ts";

/** As `errorsByConfidence()` for predictions of the most likely class. */
export function topErrors(
  probabilities: Probabilities,
  labels: Int32Array,
): Float64Array {
  checkProbabilities(probabilities, labels);
  const { confidence, correct } = topLabels(probabilities, labels);
  return errorsByConfidence(confidence, correct);
}

/**
 * The number of errors among the 1, 2, ..., n most confident rows. Within rows of equal
 * confidence it grows evenly.
 *
 * @param confidence `[n]`, larger means more confident, not NaN
 * @param correct `[n]`, 1 for a right prediction and 0 for a wrong one
 */
export function errorsByConfidence(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
): Float64Array {
  const n = confidence.length;
  const order = sortOrder(confidence).reverse();
  const errors = new Float64Array(n);
  let before = 0;
  for (let start = 0, end = 0; start < n; start = end) {
    let wrong = 0;
    while (end < n && confidence[order[end]] === confidence[order[start]]) {
      wrong += 1 - correct[order[end++]];
    }
    for (let i = start; i < end; i++) {
      errors[i] = before + wrong * (i + 1 - start) / (end - start);
    }
    before += wrong;
  }
  return errors;
}
