import { type Matrix, row } from "../matrix.ts";

/**
 * `-sum_k p_k log p_k` of every row, in nats.
 *
 * @param rows `[n, classes]`, distributions
 * @returns `[n]`, each in [0, log classes]
 */
export function rowEntropies(rows: Matrix): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0;
    for (const p of row(rows, i)) if (p > 0) sum -= p * Math.log(p);
    return sum;
  });
}
