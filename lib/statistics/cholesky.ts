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
  const factor = lowerFactor(matrix);
  const n = right.length;
  const x = [...right];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i] -= factor[i][j] * x[j];
    x[i] /= factor[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] -= factor[j][i] * x[j];
    x[i] /= factor[i][i];
  }
  return x;
}

/** The lower triangular L of `matrix = L transpose(L)`. */
function lowerFactor(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    factor.push([]);
    for (let j = 0; j <= i; j++) {
      let rest = row[j];
      for (let k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k];
      if (i === j && !(rest > 0)) {
        throw new Error("Cannot solve as the matrix is not positive definite");
      }
      factor[i].push(i === j ? Math.sqrt(rest) : rest / factor[j][j]);
    }
  }
  return factor;
}
