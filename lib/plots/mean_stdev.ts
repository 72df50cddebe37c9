/** A sample in two numbers. */
export interface MeanStdev {
  readonly n: number;
  readonly mean: number;
  /** With n - 1 under the root; `null` for a single value. */
  readonly stdev: number | null;
}

/** Mean and sample standard deviation of one value or more. */
export function meanStdev(values: readonly number[]): MeanStdev {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, stdev: n > 1 ? Math.sqrt(squares / (n - 1)) : null };
}
