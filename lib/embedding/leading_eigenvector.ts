import type { Matrix } from "../matrix.ts";
import { stream } from "../random.ts";
import {
  type Eigenpair,
  leadingTridiagonalEigenpair,
} from "./tridiagonal_eigenpair.ts";

/** Residual, relative to the eigenvalue, at which an eigenvector is accepted. */
const TOLERANCE = 1e-14;
/** Length, relative to a matrix of trace 1, of a direction that is rounding error. */
const ROUNDING = 1e-15;

/**
 * The eigenvector of a symmetric matrix with the largest eigenvalue among the vectors
 * at right angles to others, by Lanczos iteration with complete reorthogonalisation.
 * Each step costs a product with the matrix; there are at most as many steps as rows,
 * after which the result is exact up to rounding.
 *
 * @param matrix `[n, n]`, symmetric, without negative eigenvalues, of trace 1
 * @param others eigenvectors of length 1 of larger eigenvalues, fewer than n
 * @see G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition, chapter 10
 */
export function leadingEigenvector(
  matrix: Matrix,
  others: readonly Float64Array[],
): Eigenpair {
  const { rows } = matrix;
  // Another start for each vector: of equal eigenvalues, the last one is the start.
  const random = stream(others.length, "pca");
  let next = Float64Array.from({ length: rows }, () => random.normal());
  orthogonalise(next, others);
  scale(next, 1 / lengthOf(next));
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  while (true) {
    basis.push(next);
    const product = multiply(matrix, next);
    diagonal.push(dot(product, next));
    orthogonalise(product, [...others, ...basis]);
    const rest = lengthOf(product);
    const { value, vector } = leadingTridiagonalEigenpair(diagonal, beside);
    const residual = rest * vector[vector.length - 1];
    const isComplete = basis.length + others.length >= rows;
    if (isComplete || rest <= ROUNDING || residual <= TOLERANCE * value) {
      return { value, vector: combine(basis, vector) };
    }
    beside.push(rest);
    scale(product, 1 / rest);
    next = product;
  }
}

function multiply(
  { data, rows }: Matrix,
  vector: Float64Array,
): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < rows; k++) sum += data[i * rows + k] * vector[k];
    return sum;
  });
}

/**
 * Subtracts the components along unit vectors, twice, because the first subtraction
 * leaves rounding errors of the size of what it removes.
 */
function orthogonalise(
  vector: Float64Array,
  units: readonly Float64Array[],
): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const unit of units) {
      const component = dot(vector, unit);
      for (let k = 0; k < vector.length; k++) vector[k] -= component * unit[k];
    }
  }
}

/** The sum of vectors with weights, of length 1. */
function combine(
  vectors: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, i) => {
    for (let k = 0; k < sum.length; k++) sum[k] += weights[i] * vector[k];
  });
  scale(sum, 1 / lengthOf(sum));
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function scale(vector: Float64Array, factor: number): void {
  for (let k = 0; k < vector.length; k++) vector[k] *= factor;
}
