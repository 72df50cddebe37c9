import { checkRange } from "../bad_input.ts";
import type { Probabilities } from "../matrix_kinds.ts";
import { topErrors } from "./errors_by_confidence.ts";

/**
 * The error rate of the most confident rows: of `ceil(coverage n)` of n rows.
 *
 * Rows of equal confidence count as in the mean over their orders.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param coverage share of the rows that are kept, in (0, 1]
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * coverage outside its range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf, riskAtCoverage } from "@ils/label-smoothing/calibration";
 * const p = probabilitiesOf([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]]);
 * // The error is the third of four.
 * strictEqual(riskAtCoverage(p, Int32Array.of(0, 0, 1, 0), 0.5), 0);
 * strictEqual(riskAtCoverage(p, Int32Array.of(0, 0, 1, 0), 1), 0.25);
 * ```
 */
export function riskAtCoverage(
  probabilities: Probabilities,
  labels: Int32Array,
  coverage: number,
): number {
  checkRange("Coverage", coverage, { low: 0, high: 1, lowOpen: true });
  const errors = topErrors(probabilities, labels);
  const kept = keptRows(errors.length, coverage);
  return errors[kept - 1] / kept;
}

/**
 * The largest share of rows, the most confident ones, whose error rate is at most
 * `risk`; 0 if even the most confident row is an error.
 *
 * Rows of equal confidence count as in the mean over their orders.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param risk accepted error rate, in [0, 1]
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * risk outside its range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { coverageAtRisk, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const p = probabilitiesOf([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]]);
 * strictEqual(coverageAtRisk(p, Int32Array.of(0, 0, 1, 0), 0.1), 0.5);
 * strictEqual(coverageAtRisk(p, Int32Array.of(0, 0, 1, 0), 0.25), 1);
 * ```
 */
export function coverageAtRisk(
  probabilities: Probabilities,
  labels: Int32Array,
  risk: number,
): number {
  checkRange("Risk", risk, { low: 0, high: 1 });
  const errors = topErrors(probabilities, labels);
  let kept = errors.length;
  while (kept > 0 && errors[kept - 1] > mostErrors(kept, risk)) kept--;
  return kept / errors.length;
}

/**
 * The area under the ROC curve of confidence as a sign of a right prediction: the
 * probability that a right prediction is more confident than a wrong one, where equal
 * confidences count half.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]; NaN if all predictions are right or all wrong
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see D. Hendrycks and K. Gimpel, "A Baseline for Detecting Misclassified and
 * Out-of-Distribution Examples in Neural Networks", ICLR 2017
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { confidenceAuroc, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const p = probabilitiesOf([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]]);
 * // The error at 0.8 is less confident than one of the two right predictions.
 * strictEqual(confidenceAuroc(p, Int32Array.of(0, 1, 0)), 0.5);
 * ```
 */
export function confidenceAuroc(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  const errors = topErrors(probabilities, labels);
  const n = errors.length;
  const wrong = errors[n - 1];
  // Each right prediction counts the errors before it; equal rows, half of themselves.
  let before = 0;
  for (let i = 0; i < n; i++) {
    const previous = i === 0 ? 0 : errors[i - 1];
    const right = 1 - (errors[i] - previous);
    before += right * (previous + errors[i]) / 2;
  }
  return 1 - before / (wrong * (n - wrong));
}

/** The number of rows that are kept at a coverage; it ignores rounding. */
export function keptRows(rows: number, coverage: number): number {
  return Math.max(1, Math.ceil(rows * coverage * (1 - 1e-12)));
}

/** The largest number of errors at a risk; it ignores rounding. */
export function mostErrors(rows: number, risk: number): number {
  return rows * risk * (1 + 1e-12);
}
