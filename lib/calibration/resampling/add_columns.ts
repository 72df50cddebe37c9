/**
 * Weighted sums of the columns of a matrix.
 *
 * @param matrix `[n, columns]`
 * @param weights `[n]`
 * @param sums `[columns]`, overwritten
 * @returns the sum of the weights
 */
export function addColumns(
  matrix: Float64Array,
  weights: Int32Array,
  sums: Float64Array,
): number {
  const columns = sums.length;
  sums.fill(0);
  let n = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    // Also keeps an infinite log loss of a row that does not count from becoming NaN.
    if (weight === 0) continue;
    n += weight;
    const start = i * columns;
    for (let k = 0; k < columns; k++) sums[k] += weight * matrix[start + k];
  }
  return n;
}
