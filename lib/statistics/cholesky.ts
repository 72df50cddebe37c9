/**
 * The Cholesky factor L of a symmetric positive definite matrix, `L L' = A`.
 *
 * @param matrix A, `[size, size]`; only its lower triangle is read
 * @returns L in the lower triangle of `[size, size]`
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = matrix.slice();
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = factor[i * size + j];
      for (let k = 0; k < j; k++) {
        sum -= factor[i * size + k] * factor[j * size + k];
      }
      factor[i * size + j] = i === j
        ? Math.sqrt(sum)
        : sum / factor[j * size + j];
    }
  }
  return factor;
}

/** Solves `L L' x = b` in place of b. */
export function solveCholesky(factor: Float64Array, b: Float64Array): void {
  const size = b.length;
  for (let i = 0; i < size; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= factor[i * size + k] * b[k];
    b[i] = sum / factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i] * b[k];
    b[i] = sum / factor[i * size + i];
  }
}

/**
 * Returns the solution x of `matrix x = right` by Cholesky factorisation.
 *
 * @param matrix `[n][n]`, symmetric and positive definite
 * @param right `[n]`
 * @throws {Error} if the matrix is not positive definite
 */
export function solveSymmetric(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const n = right.length;
  const factor = cholesky(Float64Array.from(matrix.flat()), n);
  for (let i = 0; i < n; i++) {
    if (factor[i * n + i] > 0) continue;
    throw new Error("Cannot solve as the matrix is not positive definite");
  }
  const x = Float64Array.from(right);
  solveCholesky(factor, x);
  return [...x];
}
