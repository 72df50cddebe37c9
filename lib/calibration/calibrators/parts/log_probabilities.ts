import { asLogits, type Logits } from "../../../matrix_kinds.ts";

/**
 * The log-probabilities `log softmax(z)` of each row, in float64.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 */
export function logProbabilities(
  { data, rows, columns }: Logits,
): Logits<Float64Array> {
  const out = new Float64Array(rows * columns);
  for (let start = 0; start < out.length; start += columns) {
    const end = start + columns;
    let largest = -Infinity;
    for (let at = start; at < end; at++) {
      if (data[at] > largest) largest = data[at];
    }
    let total = 0;
    for (let at = start; at < end; at++) {
      out[at] = data[at] - largest;
      total += Math.exp(out[at]);
    }
    const log = Math.log(total);
    for (let at = start; at < end; at++) out[at] -= log;
  }
  return asLogits({ data: out, rows, columns });
}
