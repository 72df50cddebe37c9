import { argMax } from "../matrix.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { checkLogits, checkProbabilities } from "./check.ts";

/**
 * The share of rows whose predicted class is the label. The predicted class has the
 * largest probability; among equal probabilities, it is the first one.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions or labels out of range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { accuracy, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.9, 0.1], [0.3, 0.7]]);
 * strictEqual(accuracy(probabilities, Int32Array.of(0, 0)), 0.5);
 * ```
 */
export function accuracy(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  checkProbabilities(probabilities, labels);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    if (argMax(probabilities, i) === labels[i]) right++;
  }
  return right / labels.length;
}

/**
 * The log loss, `-1/n sum_i ln p_i[label_i]`, in nats.
 *
 * It is infinite if a label has probability 0. Probabilities are not clipped, because
 * the limit would determine the result. `logitsLogLoss()` is always finite.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns at least 0, except for rounding in rows that sum to slightly more than 1
 * @throws {BadInput} for rows that are not distributions or labels out of range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logLoss, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.5, 0.5], [0.2, 0.8]]);
 * const expected = -(Math.log(0.5) + Math.log(0.8)) / 2;
 * const loss = logLoss(probabilities, Int32Array.of(0, 1));
 * strictEqual(loss.toFixed(12), expected.toFixed(12));
 * ```
 */
export function logLoss(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  checkProbabilities(probabilities, labels);
  const { data, columns } = probabilities;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    total += Math.log(data[i * columns + labels[i]]);
  }
  return 0 - total / labels.length;
}

/**
 * The log loss of `softmax(logits / temperature)`, in nats. Computed from
 * log-probabilities in float64, so that it is finite even if a probability rounds to 0.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param labels `[n]`, class indices
 * @param temperature greater than 0
 * @returns at least 0
 * @throws {BadInput} for NaN or Infinity among the logits, labels out of range, or labels
 * with a logit of -Infinity
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsLogLoss, logitsOf } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[2000, 0]]);
 * strictEqual(logitsLogLoss(logits, Int32Array.of(1)), 2000);
 * strictEqual(logitsLogLoss(logits, Int32Array.of(1), 2), 1000);
 * ```
 */
export function logitsLogLoss(
  logits: Logits,
  labels: Int32Array,
  temperature = 1,
): number {
  checkLogits("Cannot compute the log loss", logits, labels);
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    total += rowLogLoss(logits, i, labels[i], temperature);
  }
  return total / labels.length;
}

/** The log loss of row `i`; as `logitsLogLoss()`. */
export function rowLogLoss(
  { data, columns }: Logits,
  i: number,
  label: number,
  temperature = 1,
): number {
  const start = i * columns;
  let largest = -Infinity;
  for (let at = start; at < start + columns; at++) {
    if (data[at] > largest) largest = data[at];
  }
  let sum = 0;
  for (let at = start; at < start + columns; at++) {
    sum += Math.exp((data[at] - largest) / temperature);
  }
  return Math.log(sum) - (data[start + label] - largest) / temperature;
}

/**
 * The Brier score, `1/n sum_i sum_k (p_ik - [label_i = k])^2`, summed over all classes.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 2]: 0 if all predictions are certain and right, 2 if certain and wrong
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see G. W. Brier, "Verification of Forecasts Expressed in Terms of
 * Probability", Monthly Weather Review 78, 1950
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { brier, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25]]);
 * strictEqual(brier(probabilities, Int32Array.of(0)), 0.25 ** 2 + 0.25 ** 2);
 * ```
 */
export function brier(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  checkProbabilities(probabilities, labels);
  const { data, columns } = probabilities;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < columns; k++) {
      const miss = data[i * columns + k] - (labels[i] === k ? 1 : 0);
      total += miss * miss;
    }
  }
  return total / labels.length;
}

/**
 * The mean confidence: the mean over rows of the largest probability.
 *
 * @param probabilities `[n, classes]`
 * @returns in [1 / classes, 1]
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { meanConfidence, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * strictEqual(meanConfidence(probabilitiesOf([[0.75, 0.25], [0, 1]])), 0.875);
 * ```
 */
export function meanConfidence(probabilities: Probabilities): number {
  const { data, rows, columns } = probabilities;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum += data[i * columns + argMax(probabilities, i)];
  }
  return sum / rows;
}

/**
 * The probability of each row's label.
 *
 * @param probabilities `[n, classes]`
 * @param labels `[n]`, class indices
 * @returns `[n]`, each in [0, 1]
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import {
 *   labelProbabilities,
 *   probabilitiesOf,
 * } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.9, 0.1], [0.3, 0.7]]);
 * const ofLabels = labelProbabilities(probabilities, Int32Array.of(1, 1));
 * deepStrictEqual(ofLabels, Float64Array.of(0.1, 0.7));
 * ```
 */
export function labelProbabilities(
  probabilities: Probabilities,
  labels: Int32Array,
): Float64Array {
  const { data, columns } = probabilities;
  return Float64Array.from(labels, (label, i) => data[i * columns + label]);
}
