import { checkRange } from "../bad_input.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";

/**
 * Log-probabilities of one row: `z_k/T - log sum_j exp(z_j/T)`, in float64 with
 * the largest logit subtracted first, so that no row over- or underflows.
 *
 * @param logits `[classes]`, finite
 * @param temperature greater than 0
 */
export function logSoftmaxRow(
  logits: ArrayLike<number>,
  temperature = 1,
): Float64Array {
  const result = new Float64Array(logits.length);
  let largest = -Infinity;
  for (let k = 0; k < logits.length; k++) {
    largest = Math.max(largest, logits[k]);
  }
  let total = 0;
  for (let k = 0; k < logits.length; k++) {
    result[k] = (logits[k] - largest) / temperature;
    total += Math.exp(result[k]);
  }
  const logTotal = Math.log(total);
  for (let k = 0; k < result.length; k++) result[k] -= logTotal;
  return result;
}

/**
 * Probabilities `softmax(z / T)` of every row.
 *
 * @param logits `[n, classes]`
 * @param temperature greater than 0
 * @returns `[n, classes]`, float64, each row summing to 1
 */
export function softmax(
  logits: Logits,
  temperature = 1,
): Probabilities<Float64Array> {
  checkRange("Temperature", temperature, {
    low: 0,
    high: Infinity,
    lowOpen: true,
    highOpen: true,
  });
  const { data: z, rows, columns } = logits;
  const data = new Float64Array(rows * columns);
  for (let start = 0; start < data.length; start += columns) {
    const end = start + columns;
    let largest = -Infinity;
    for (let at = start; at < end; at++) {
      if (z[at] > largest) largest = z[at];
    }
    let total = 0;
    for (let at = start; at < end; at++) {
      total += data[at] = Math.exp((z[at] - largest) / temperature);
    }
    for (let at = start; at < end; at++) data[at] /= total;
  }
  return { data, rows, columns } as Probabilities<Float64Array>;
}
