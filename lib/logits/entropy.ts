import { row } from "../matrix.ts";
import type { Probabilities } from "../matrix_kinds.ts";

/**
 * The entropy of each row, `-sum_k p_k log p_k`, in nats.
 *
 * @param rows `[n, classes]`
 * @returns `[n]`, each in [0, log classes]
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf, rowEntropies } from "@ils/label-smoothing/logits";
 * const [sure, even] = rowEntropies(probabilitiesOf([[1, 0], [0.5, 0.5]]));
 * strictEqual(sure, 0);
 * strictEqual(even.toFixed(4), "0.6931"); // log 2
 * ```
 */
export function rowEntropies(rows: Probabilities): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0;
    for (const p of row(rows, i)) if (p > 0) sum -= p * Math.log(p);
    return sum;
  });
}
