import { asLogits, type Logits } from "../matrix_kinds.ts";
import { findTemperature } from "./calibrators/temperature_search.ts";
import { checkLogits, checkProbabilities } from "./check.ts";
import type { Predictions } from "./metrics.ts";
import { brier, logitsLogLoss, logLoss } from "./scores.ts";

/** Bounds of the temperature, those of probmetrics. */
const BOUNDS = { low: Math.exp(-16), high: Math.exp(16) };

/** Smallest log-probability of a probability of 0, as in probmetrics. */
const LEAST_LOG = Math.log(2 ** -126);

/** Numbers per row in `refinementTerms()`. */
export const TERMS = 8;

/** Largest step in the logarithm of the temperature; reached with very few rows only. */
const FURTHEST = 1;

/** What calibration can and cannot repair of two proper scores. */
export interface LossParts {
  /** Log loss after the best temperature. */
  readonly logLossRefinement: number;
  /** Log loss less its refinement. */
  readonly logLossCalibration: number;
  /** Brier score after the temperature with the best log loss. */
  readonly brierRefinement: number;
  /** Brier score less its refinement. */
  readonly brierCalibration: number;
}

/**
 * Splits log loss and Brier score into a refinement and a calibration part.
 *
 * The refinement part is the score that remains after temperature scaling fitted on the
 * same rows: how well the model separates the classes. The calibration part is the rest,
 * which scaling repairs. After scaling, n rows are mixed with a share of 1 / (n + 1) of
 * the uniform distribution, as in probmetrics 1.3 (`ts-mix`, `all`), so the calibration
 * part of a perfectly calibrated model may be slightly negative.
 *
 * @param predictions probabilities or logits of rows, and their labels
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see E. Berta, D. Holzmüller, M. Jordan and F. Bach, "Rethinking Early Stopping:
 * Refine, Then Calibrate", 2025
 *
 * @example
 * ```ts
 * import { ok, strictEqual } from "node:assert/strict";
 * import { lossParts, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * // Right three times of four at 99 %: a temperature makes it 75 %.
 * const probabilities = probabilitiesOf(Array(400).fill([0.99, 0.01]));
 * const labels = Int32Array.from({ length: 400 }, (_, i) => i % 4 === 0 ? 1 : 0);
 * const { brierRefinement, brierCalibration } = lossParts({ probabilities, labels });
 * strictEqual(brierRefinement.toFixed(3), "0.375");
 * strictEqual(brierCalibration.toFixed(3), "0.115");
 * ```
 */
export function lossParts(predictions: Predictions): LossParts {
  const { probabilities, labels, logits } = predictions;
  checkProbabilities(probabilities, labels);
  if (logits !== undefined) {
    checkLogits("Cannot split a loss", logits, labels);
  }
  const terms = refinementTerms(predictions);
  const sums = new Float64Array(TERMS);
  for (let at = 0; at < terms.length; at++) sums[at % TERMS] += terms[at];
  const { logLossRefinement, brierRefinement } = refinementOf(
    sums,
    labels.length,
  );
  const loss = logits === undefined
    ? logLoss(probabilities, labels)
    : logitsLogLoss(logits, labels);
  return {
    logLossRefinement,
    logLossCalibration: loss - logLossRefinement,
    brierRefinement,
    brierCalibration: brier(probabilities, labels) - brierRefinement,
  };
}

/**
 * Refinement from sums of `refinementTerms()` over rows, of which each may count
 * several times. Their best temperature differs from that of the original rows; one
 * Newton step finds it, and expansions of second order give the scores there.
 */
export function refinementOf(sums: Float64Array, rows: number) {
  const [slope, curvature, loss, loss1, loss2, score, score1, score2] = sums;
  const newton = curvature > 0 ? -slope / curvature : 0;
  const step = Math.min(Math.max(newton, -FURTHEST), FURTHEST);
  const expand = (value: number, first: number, second: number) =>
    (value + step * (first + step * second / 2)) / rows;
  return {
    logLossRefinement: expand(loss, loss1, loss2),
    brierRefinement: expand(score, score1, score2),
  };
}

/**
 * Scores of each row at the best temperature T of all rows, and their derivatives with
 * respect to log(1/T): the first two of the log loss, then log loss and Brier score
 * of the mixture with the uniform distribution, each with its first two.
 *
 * @returns `[n, TERMS]`
 */
export function refinementTerms(predictions: Predictions): Float64Array {
  const { labels } = predictions;
  const logits = predictions.logits ?? logarithms(predictions);
  const { temperature } = findTemperature(logits, labels, BOUNDS);
  const terms = new Float64Array(labels.length * TERMS);
  const row = rowTerms(logits, 1 / temperature, 1 / (labels.length + 1));
  for (let i = 0; i < labels.length; i++) {
    terms.set(row(i, labels[i]), i * TERMS);
  }
  return terms;
}

function logarithms({ probabilities }: Predictions): Logits {
  const { data, rows, columns } = probabilities;
  const logs = Float64Array.from(
    data,
    (p) => Math.max(Math.log(p), LEAST_LOG),
  );
  return asLogits({ data: logs, rows, columns });
}

/** The terms of one row; the result is overwritten by each call. */
function rowTerms(
  { data, columns }: Logits,
  inverse: number,
  mixed: number,
): (i: number, label: number) => Float64Array {
  const p = new Float64Array(columns);
  const terms = new Float64Array(TERMS);
  return (i, label) => {
    const start = i * columns;
    const { mean, variance } = scaledRow(data, start, inverse, p);
    const own = inverse * data[start + label] - mean;
    let [score, score1, score2] = [0, 0, 0];
    for (let k = 0; k < columns; k++) {
      const away = p[k] === 0 ? 0 : inverse * data[start + k] - mean;
      const first = (1 - mixed) * p[k] * away;
      const second = (1 - mixed) * p[k] * (away + away ** 2 - variance);
      const miss = (1 - mixed) * p[k] + mixed / columns - (k === label ? 1 : 0);
      score += miss * miss;
      score1 += 2 * miss * first;
      score2 += 2 * (first * first + miss * second);
    }
    const q = (1 - mixed) * p[label] + mixed / columns;
    const share = (1 - mixed) * p[label] / q;
    const first = -share * own;
    terms[0] = -own;
    terms[1] = variance - own;
    terms[2] = -Math.log(q);
    terms[3] = first;
    terms[4] = first * first - share * (own + own ** 2 - variance);
    terms[5] = score;
    terms[6] = score1;
    terms[7] = score2;
    return terms;
  };
}

/** Fills p with the softmax of a scaled row; mean and variance of its scaled logits. */
function scaledRow(
  data: Logits["data"],
  start: number,
  inverse: number,
  p: Float64Array,
): { mean: number; variance: number } {
  let largest = -Infinity;
  for (let k = 0; k < p.length; k++) {
    largest = Math.max(largest, data[start + k]);
  }
  let total = 0;
  for (let k = 0; k < p.length; k++) {
    p[k] = Math.exp(inverse * (data[start + k] - largest));
    total += p[k];
  }
  let mean = 0;
  for (let k = 0; k < p.length; k++) {
    p[k] /= total;
    if (p[k] > 0) mean += p[k] * inverse * data[start + k];
  }
  let variance = 0;
  for (let k = 0; k < p.length; k++) {
    if (p[k] > 0) variance += p[k] * (inverse * data[start + k] - mean) ** 2;
  }
  return { mean, variance };
}
