import type { Probabilities } from "../../matrix_kinds.ts";
import { binEdges, binIndex } from "../bins.ts";

/** The bins of each class's probabilities that are not empty, numbered in turn. */
export interface ClassCells {
  /** `[n, classes]`, number of the bin among those of the class. */
  readonly cell: Uint16Array | Uint32Array;
  /** `[classes]`, number of the class's first bin among all. */
  readonly first: Int32Array;
  /** Number of all bins. */
  readonly count: number;
}

/** Bins of equal width that are not empty, however many empty ones there are. */
export function classCells(
  { data, rows, columns }: Probabilities,
  bins: number,
): ClassCells {
  const small = Math.min(rows, bins) <= 0x10000;
  const cell = new (small ? Uint16Array : Uint32Array)(data.length);
  const first = new Int32Array(columns);
  const edges = binEdges(bins);
  const numbers = new Int32Array(bins);
  let count = 0;
  for (let k = 0; k < columns; k++) {
    first[k] = count;
    numbers.fill(-1);
    for (let at = k; at < data.length; at += columns) {
      const bin = binIndex(data[at], edges);
      if (numbers[bin] < 0) numbers[bin] = count++ - first[k];
      cell[at] = numbers[bin];
    }
  }
  return { cell, first, count };
}
