/** An eigenvector of length 1 and its eigenvalue. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** Steps of inverse iteration; each reduces the error by many orders of magnitude. */
const INVERSE_STEPS = 3;

/**
 * The largest eigenvalue of a symmetric tridiagonal matrix T, by bisection, and its
 * eigenvector, by inverse iteration.
 *
 * @param diagonal `[n]`, n at least 1
 * @param beside `[n - 1]`, the entries beside the diagonal, positive; those of the
 * eigenvector are then positive too
 */
export function leadingTridiagonalEigenpair(
  diagonal: readonly number[],
  beside: readonly number[],
): Eigenpair {
  if (diagonal.length === 1) {
    return { value: diagonal[0], vector: Float64Array.of(1) };
  }
  const value = leastAbove(diagonal, beside);
  const pivots = pivotsOf(diagonal, beside, value)!;
  const vector = new Float64Array(diagonal.length).fill(1);
  for (let step = 0; step < INVERSE_STEPS; step++) {
    solve(pivots, beside, vector);
    const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
    vector.forEach((x, i) => vector[i] = Math.abs(x) / length);
  }
  return { value, vector };
}

/** The least number above all eigenvalues, up to rounding. */
function leastAbove(
  diagonal: readonly number[],
  beside: readonly number[],
): number {
  let low = diagonal.reduce((a, b) => Math.max(a, b));
  let width = Math.max(Math.abs(low), 1) * Number.EPSILON;
  while (pivotsOf(diagonal, beside, low + width) === undefined) width *= 2;
  let high = low + width;
  while (true) {
    const middle = low + (high - low) / 2;
    if (!(low < middle && middle < high)) return high;
    if (pivotsOf(diagonal, beside, middle) === undefined) low = middle;
    else high = middle;
  }
}

/**
 * The pivots of T - x I without exchanges of rows; undefined unless all are negative,
 * which is so if and only if x is above all eigenvalues.
 */
function pivotsOf(
  diagonal: readonly number[],
  beside: readonly number[],
  x: number,
): Float64Array | undefined {
  const pivots = new Float64Array(diagonal.length);
  for (let i = 0; i < pivots.length; i++) {
    const carried = i === 0 ? 0 : beside[i - 1] ** 2 / pivots[i - 1];
    pivots[i] = diagonal[i] - x - carried;
    if (!(pivots[i] < 0)) return undefined;
  }
  return pivots;
}

/** Solves (T - x I) y = b in place of b. */
function solve(
  pivots: Float64Array,
  beside: readonly number[],
  b: Float64Array,
): void {
  for (let i = 1; i < b.length; i++) {
    b[i] -= beside[i - 1] / pivots[i - 1] * b[i - 1];
  }
  const last = b.length - 1;
  b[last] /= pivots[last];
  for (let i = last - 1; i >= 0; i--) {
    b[i] = (b[i] - beside[i] * b[i + 1]) / pivots[i];
  }
}
