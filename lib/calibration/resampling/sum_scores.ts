import type { RowGroups } from "./row_groups.ts";

/** Metrics that are functions of sums over rows. */
export interface SumScores<Name extends string> {
  /** Number of sums. */
  readonly size: number;
  /** Adds row `i`, which counts `weight` times, to the sums `[size]`. */
  add(i: number, weight: number, sums: Float64Array): void;
  /**
   * The metrics.
   *
   * @param sums `[size]`
   * @param n number of rows
   */
  metrics(sums: Float64Array, n: number): Readonly<Record<Name, number>>;
}

/** The metrics if row i counts as often as `byRow[i]` has it. */
export function scoresOfRows<Name extends string>(
  { size, add, metrics }: SumScores<Name>,
): (byRow: Int32Array) => Record<Name, number> {
  const sums = new Float64Array(size);
  return (byRow) => {
    sums.fill(0);
    let n = 0;
    for (let i = 0; i < byRow.length; i++) {
      const weight = byRow[i];
      // Also keeps an infinite log loss of a row that does not count from becoming NaN.
      if (weight === 0) continue;
      n += weight;
      add(i, weight, sums);
    }
    return metrics(sums, n);
  };
}

/** The metrics if each group counts as often as `byGroup` has it. */
export function scoresOfGroups<Name extends string>(
  { size, add, metrics }: SumScores<Name>,
  { count, groupOf }: RowGroups,
): (byGroup: Int32Array) => Record<Name, number> {
  const all = new Float64Array((count + 1) * size);
  const parts = Array.from(
    { length: count + 1 },
    (_, g) => all.subarray(g * size, (g + 1) * size),
  );
  groupOf.forEach((group, i) => add(i, 1, parts[group]));
  const sums = new Float64Array(size);
  const leftOver = parts[count];
  const addGroup = addColumnsOf(all, size);
  return (byGroup) => {
    sums.set(leftOver);
    for (let g = 0; g < count; g++) {
      if (byGroup[g] !== 0) addGroup(g, byGroup[g], sums);
    }
    return metrics(sums, groupOf.length);
  };
}

/**
 * Adds rows of a matrix, times their weights.
 *
 * @param matrix `[n, columns]`
 */
export function addColumnsOf(
  matrix: Float64Array,
  columns: number,
): SumScores<string>["add"] {
  return (i, weight, sums) => {
    const start = i * columns;
    for (let k = 0; k < columns; k++) sums[k] += weight * matrix[start + k];
  };
}
