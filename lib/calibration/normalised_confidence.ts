import { checkRange } from "../bad_input.ts";
import { argMax, row } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";
import { checkLogits } from "./check.ts";
import { riskCoverage } from "./risk_coverage.ts";

/**
 * The largest logit of each row, after subtracting the row's mean, divided by the
 * p-norm of the row.
 *
 * As a score of confidence it ranks rows by the shape of their logits and not by their
 * size. Label smoothing makes the largest probability a worse score of confidence, and
 * this one repairs most of that (Xia et al. 2025).
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param norm p, at least 1 (2)
 * @returns `[n]` at least 0; 0 for a row of equal logits
 * @throws {BadInput} for another norm
 * @see L. Cattelan and D. Silva, "How to Fix a Broken Confidence Estimator", UAI 2024;
 * G. Xia et al., "Towards Understanding Why Label Smoothing Degrades Selective
 * Classification and How to Fix It", ICLR 2025
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { normalisedConfidence } from "@ils/label-smoothing/calibration";
 * import { logitsOf } from "@ils/label-smoothing/logits";
 * // Only the shape counts: the second row is ten times the first.
 * const [a, b] = normalisedConfidence(logitsOf([[3, 0, 0], [30, 0, 0]]));
 * strictEqual(a.toFixed(4), "0.8165");
 * strictEqual(b, a);
 * ```
 */
export function normalisedConfidence(logits: Logits, norm = 2): Float64Array {
  checkRange("Norm", norm, { low: 1, high: Infinity, highOpen: true });
  return Float64Array.from({ length: logits.rows }, (_, i) => {
    // A masked class, at -Infinity, counts as no class.
    const values = row(logits, i).filter((value) => value > -Infinity);
    if (values.length === 1) return 1;
    let sum = 0;
    let largest = -Infinity;
    for (const value of values) {
      sum += value;
      largest = Math.max(largest, value);
    }
    const mean = sum / values.length;
    const top = largest - mean;
    if (top === 0) return 0;
    // Relative to the largest, so that powers neither overflow nor vanish.
    let powers = 0;
    for (const value of values) {
      powers += Math.abs((value - mean) / top) ** norm;
    }
    return powers ** (-1 / norm);
  });
}

/** Norms that `fitConfidenceNorm()` tries, as Cattelan and Silva do. */
const NORMS = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * The norm of `normalisedConfidence()` with the smallest area under the risk-coverage
 * curve on validation rows; the smallest one on ties.
 *
 * @param logits `[n, classes]` of validation rows
 * @param labels `[n]`, class indices
 * @returns a whole number in [1, 8]
 * @throws {BadInput} for NaN or Infinity among the logits, labels out of range, or labels
 * with a logit of -Infinity
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { fitConfidenceNorm } from "@ils/label-smoothing/calibration";
 * import { logitsOf } from "@ils/label-smoothing/logits";
 * const logits = logitsOf([[5, 0, 0], [5, 4.9, 0], [4, 0, 0]]);
 * strictEqual(fitConfidenceNorm(logits, Int32Array.of(0, 1, 0)), 1);
 * ```
 */
export function fitConfidenceNorm(logits: Logits, labels: Int32Array): number {
  checkLogits("Cannot choose a norm", logits, labels);
  const correct = labels.map((label, i) => argMax(logits, i) === label ? 1 : 0);
  const areas = NORMS.map((norm) =>
    riskCoverage(normalisedConfidence(logits, norm), correct).aurc
  );
  return NORMS[areas.indexOf(Math.min(...areas))];
}
