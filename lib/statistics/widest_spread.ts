/**
 * The rows in which several columns of numbers are furthest apart, the widest first.
 *
 * @param columns of equal length
 * @param count maximum number of rows
 */
export function widestSpread(
  columns: readonly Float64Array[],
  count: number,
): number[] {
  const spreads = Array.from(columns[0], (_, i) => {
    const values = columns.map((column) => column[i]);
    return Math.max(...values) - Math.min(...values);
  });
  return Array.from(spreads.keys())
    .toSorted((a, b) => spreads[b] - spreads[a] || a - b).slice(0, count);
}
