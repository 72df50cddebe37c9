/** The ends of an interval. */
export interface Interval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/**
 * The central interval that contains a share of the values: their percentiles, with
 * linear interpolation as in NumPy. NaN values do not count.
 *
 * @param values in any order
 * @param level share of the values inside, in (0, 1)
 * @returns NaN for no values
 */
export function percentileInterval(
  values: Float64Array,
  level: number,
): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return {
    low: quantile(sorted, (1 - level) / 2),
    high: quantile(sorted, (1 + level) / 2),
  };
}

function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  // The difference of two infinite values would be NaN.
  return below === above ? below : below + (at % 1) * (above - below);
}
