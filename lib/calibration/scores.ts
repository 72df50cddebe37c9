import { argMax } from "../matrix.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { checkLogits, checkProbabilities } from "./check.ts";

/**
 * The share of rows whose largest probability is at the label; among equal
 * probabilities the first class counts as the predicted one.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are no distributions or labels out of range
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
 * Log loss: `-1/n sum_i ln p_i[label_i]`, natural logarithm.
 *
 * A label that was given probability 0 makes it Infinity. Nothing is clipped:
 * any bound put here would be the size of the answer. From logits, `logitsLogLoss`
 * never meets the case.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns at least 0 (a rounding below it for rows that sum to a little more
 * than 1)
 * @throws {BadInput} for rows that are no distributions or labels out of range
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
 * Log loss of `softmax(logits / temperature)`, by log-softmax in float64: finite
 * also where the probability itself would round to 0.
 *
 * @param logits `[n, classes]`, finite
 * @param labels `[n]`, class indices
 * @param temperature greater than 0
 * @returns at least 0
 * @throws {BadInput} for logits that are not finite or labels out of range
 */
export function logitsLogLoss(
  logits: Logits,
  labels: Int32Array,
  temperature = 1,
): number {
  checkLogits("Cannot compute the log loss", logits, labels);
  const { data, columns } = logits;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const start = i * columns;
    let largest = -Infinity;
    for (let at = start; at < start + columns; at++) {
      if (data[at] > largest) largest = data[at];
    }
    let sum = 0;
    for (let at = start; at < start + columns; at++) {
      sum += Math.exp((data[at] - largest) / temperature);
    }
    total += Math.log(sum) - (data[start + labels[i]] - largest) / temperature;
  }
  return total / labels.length;
}

/**
 * Brier score: `1/n sum_i sum_k (p_ik - [label_i = k])^2`, over all classes.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 2]: 0 when sure and right, 2 when sure and wrong
 * @throws {BadInput} for rows that are no distributions or labels out of range
 * @see G. W. Brier, "Verification of Forecasts Expressed in Terms of
 * Probability", Monthly Weather Review 78, 1950
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
 * The mean over rows of the largest probability.
 *
 * @param probabilities `[n, classes]`
 * @returns in [1 / classes, 1]
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
 * The probability that each row gives its label.
 *
 * @param probabilities `[n, classes]`
 * @param labels `[n]`
 * @returns `[n]`, each in [0, 1]
 */
export function labelProbabilities(
  probabilities: Probabilities,
  labels: Int32Array,
): Float64Array {
  const { data, columns } = probabilities;
  return Float64Array.from(labels, (label, i) => data[i * columns + label]);
}
