import { checkRange } from "../bad_input.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";

/**
 * The log-probabilities of one row, `z_k/T - log sum_j exp(z_j/T)`. Computed in
 * float64 after subtracting the largest logit, so that no row overflows.
 *
 * @param logits `[classes]`, finite or -Infinity, but not all -Infinity
 * @param temperature T, greater than 0
 * @returns `[classes]`, each at most 0
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { logSoftmaxRow } from "@ils/label-smoothing/logits";
 * // The probability of the second class underflows, its logarithm does not.
 * deepStrictEqual(logSoftmaxRow([0, -2000]), Float64Array.of(0, -2000));
 * ```
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
 * The probabilities `softmax(z / T)` of each row; for logits that were made of
 * probabilities, and T = 1, exactly these.
 *
 * @param logits `[n, classes]`, finite or -Infinity, but no row of only -Infinity
 * @param temperature T, greater than 0 and finite
 * @returns `[n, classes]`, in float64; each row sums to 1
 * @throws {BadInput} if the temperature is outside its range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * const logits = logitsOf([[0, Math.log(9)]]);
 * strictEqual(softmax(logits).data[1].toFixed(6), "0.900000");
 * strictEqual(softmax(logits, 2).data[1].toFixed(6), "0.750000");
 * ```
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
  const { data: z, rows, columns, probabilities } = logits;
  if (probabilities !== undefined && temperature === 1) {
    const data = probabilities.slice();
    return { data, rows, columns } as Probabilities<Float64Array>;
  }
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
