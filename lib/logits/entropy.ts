import { row } from "../matrix.ts";
import type { Probabilities } from "../matrix_kinds.ts";

/**
 * `-sum_k p_k log p_k` of every row, in nats.
 *
 * @param rows `[n, classes]`, distributions
 * @returns `[n]`, each in [0, log classes]
 */
export function rowEntropies(rows: Probabilities): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0;
    for (const p of row(rows, i)) if (p > 0) sum -= p * Math.log(p);
    return sum;
  });
}
