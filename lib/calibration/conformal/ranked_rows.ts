import type { Probabilities } from "../../matrix_kinds.ts";
import { rankOf } from "../top_k_accuracy.ts";

/** Probabilities sorted within each row, and the positions of the labels. */
export interface RankedRows {
  /** `[n, classes]`, each row in decreasing order. */
  readonly sorted: Float64Array;
  /** Number of classes. */
  readonly classes: number;
  /** `[n]`, how many classes come before the label, in [0, classes). */
  readonly ranks: Int32Array;
}

/** Sorts checked rows; equal probabilities keep the order of their classes. */
export function rankRows(
  probabilities: Probabilities,
  labels: Int32Array,
): RankedRows {
  const { data, columns } = probabilities;
  const sorted = Float64Array.from(data);
  for (let start = 0; start < sorted.length; start += columns) {
    sorted.subarray(start, start + columns).sort().reverse();
  }
  return {
    sorted,
    classes: columns,
    ranks: labels.map((label, i) => rankOf(probabilities, i, label)),
  };
}
