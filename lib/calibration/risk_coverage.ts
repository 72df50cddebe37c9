import { BadInput, checkWhole } from "../bad_input.ts";
import type { Probabilities } from "../matrix_kinds.ts";
import { errorsByConfidence, topErrors } from "./errors_by_confidence.ts";

/** How the errors of predictions depend on how many are kept. */
export interface RiskCoverage {
  /** Area under the risk-coverage curve, in [0, 1]; as `aurc()`. */
  readonly aurc: number;
  /** Area under the generalised curve, in [0, 1]; as `augrc()`. */
  readonly augrc: number;
  /** The curve at increasing coverages. */
  readonly curve: readonly RiskPoint[];
}

/** A point of a risk-coverage curve. */
export interface RiskPoint {
  /** Share of the rows that are kept, the most confident ones, in (0, 1]. */
  readonly coverage: number;
  /** Error rate of the kept rows, in [0, 1]. */
  readonly risk: number;
}

/**
 * Risk and coverage for any score of confidence, such as `normalisedConfidence()`.
 *
 * Rows of equal confidence count as in the mean over their orders.
 *
 * @param confidence `[n]`, at least one; larger means more confident, not NaN
 * @param correct `[n]`, 1 for a right prediction and 0 for a wrong one
 * @param points maximum number of points of the curve, at least 1 (100)
 * @throws {BadInput} for no rows, different lengths, NaN or other values of `correct`
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { riskCoverage } from "@ils/label-smoothing/calibration";
 * const { curve } = riskCoverage([0.9, 0.2, 0.6, 0.8], [1, 0, 0, 1], 2);
 * deepStrictEqual(curve, [
 *   { coverage: 0.5, risk: 0 },
 *   { coverage: 1, risk: 0.5 },
 * ]);
 * ```
 */
export function riskCoverage(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  points = 100,
): RiskCoverage {
  checkWhole("Number of points", points, 1);
  checkScores(confidence, correct);
  const errors = errorsByConfidence(confidence, correct);
  const n = errors.length;
  const steps = Math.min(points, n);
  const curve = Array.from({ length: steps }, (_, i) => {
    const kept = Math.ceil((i + 1) * n / steps);
    return { coverage: kept / n, risk: errors[kept - 1] / kept };
  });
  return { aurc: rateArea(errors), augrc: shareArea(errors), curve };
}

function checkScores(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
): void {
  const n = confidence.length;
  if (n === 0 || n !== correct.length) {
    throw new BadInput(
      `Risk and coverage need as many scores as predictions, at least one: ` +
        `there are ${n} and ${correct.length}`,
    );
  }
  for (let i = 0; i < n; i++) {
    const isScore = !Number.isNaN(confidence[i]);
    if (isScore && (correct[i] === 0 || correct[i] === 1)) continue;
    throw new BadInput(
      `Risk and coverage need numbers, and 0 or 1: row ${i} has the confidence ` +
        `${confidence[i]} and is ${correct[i]}`,
    );
  }
}

/**
 * The area under the risk-coverage curve (AURC): the mean error rate of the most
 * confident rows, over all shares of rows that are kept.
 *
 * The curve is linear between one row and all rows, and the area is divided by its
 * length, as in torch-uncertainty 0.11; a single row has its error. Rows of equal
 * confidence count as in the mean over their orders, so the result does not depend on
 * the order of rows.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]; lower is better
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see Y. Geifman and R. El-Yaniv, "Selective Classification for Deep Neural
 * Networks", NeurIPS 2017
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { aurc, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const p = probabilitiesOf([[0.9, 0.1], [0.7, 0.3], [0.6, 0.4]]);
 * // Error rates of the first 1, 2 and 3 rows: 0, 0 and 1/3.
 * strictEqual(aurc(p, Int32Array.of(0, 0, 1)).toFixed(4), "0.0833");
 * ```
 */
export function aurc(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  return rateArea(topErrors(probabilities, labels));
}

/**
 * The area under the generalised risk-coverage curve (AUGRC): as `aurc()`, but with
 * the share of all rows that are kept and wrong in place of the error rate. It is the
 * mean risk of undetected errors, and gives no extra weight to the most confident rows.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]; lower is better
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see J. Traub et al., "Overcoming Common Flaws in the Evaluation of Selective
 * Classification Systems", NeurIPS 2024
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { augrc, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const p = probabilitiesOf([[0.9, 0.1], [0.7, 0.3], [0.6, 0.4]]);
 * // Of three rows, the first 1, 2 and 3 contain 0, 0 and 1 errors.
 * strictEqual(augrc(p, Int32Array.of(0, 0, 1)).toFixed(4), "0.0833");
 * ```
 */
export function augrc(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  return shareArea(topErrors(probabilities, labels));
}

/** The area under the error rate of the kept rows. */
function rateArea(errors: Float64Array): number {
  return areaOf(errors, (count, rows) => count / rows);
}

/** The area under the share of all rows that are kept and wrong. */
function shareArea(errors: Float64Array): number {
  return areaOf(errors, (count) => count / errors.length);
}

/** The mean of a risk over coverages, by trapezoids between its points. */
function areaOf(
  errors: Float64Array,
  risk: (errors: number, rows: number) => number,
): number {
  const n = errors.length;
  if (n === 1) return risk(errors[0], 1);
  let total = (risk(errors[0], 1) + risk(errors[n - 1], n)) / 2;
  for (let i = 1; i < n - 1; i++) total += risk(errors[i], i + 1);
  return total / (n - 1);
}
