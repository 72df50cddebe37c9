import type { Matrix } from "../../../matrix.ts";
import { cholesky, solveCholesky } from "../../../statistics/cholesky.ts";

/** Products that the second derivatives of all classes may cost. */
const MOST_PRODUCTS = 1e9;
/** More rows do not improve the approximation. */
const MOST_ROWS = 10_000;
/** Weights below this do not change a mean over rows. */
const SMALLEST_WEIGHT = 1e-9;
/** Keeps a block without rows positive definite, relative to its trace. */
const RIDGE = 1e-6;

/** Where the second derivatives of `affineLoss()` are taken. */
interface Place {
  /** Parameters of `affineLoss()`. */
  readonly at: Float64Array;
  readonly classes: number;
}

/**
 * An approximate inverse of the second derivatives of `affineLoss()`, for `minimise()`:
 * the exact inverse of the block of each class, plus that of a change which all classes
 * have in common, to which the log loss is indifferent and only the penalty reacts.
 *
 * @returns a function of the strengths of the penalty, one per parameter
 */
export function affinePreconditioner(
  rows: Matrix,
  place: Place,
): (strength: Float64Array) => (vector: Float64Array) => void {
  const all = blocks(rows, place);
  return (strength) =>
    withPenalty(all, strength, { ...place, columns: rows.columns });
}

function withPenalty(
  all: readonly Float64Array[],
  strength: Float64Array,
  { classes, columns }: { classes: number; columns: number },
): (vector: Float64Array) => void {
  const factors = all.map((block, k) => {
    const sum = block.slice();
    for (let j = 0; j <= columns; j++) {
      sum[j * (columns + 2)] += 2 * strength[index(k, j, classes, columns)];
    }
    return cholesky(sum, columns + 1);
  });
  const common = commonStrengths(strength, classes, columns);
  const own = new Float64Array(columns + 1);
  return (vector) => {
    const shift = common.map((strength, j) => {
      if (strength === 0) return 0;
      let sum = 0;
      for (let k = 0; k < classes; k++) {
        sum += vector[index(k, j, classes, columns)];
      }
      return sum / strength;
    });
    for (let k = 0; k < classes; k++) {
      for (let j = 0; j <= columns; j++) {
        own[j] = vector[index(k, j, classes, columns)];
      }
      solveCholesky(factors[k], own);
      for (let j = 0; j <= columns; j++) {
        vector[index(k, j, classes, columns)] = own[j] + shift[j];
      }
    }
  };
}

/** Position of weight j of class k; the bias is number `columns`. */
function index(k: number, j: number, classes: number, columns: number): number {
  return j < columns ? k * columns + j : classes * columns + k;
}

/** Second derivative of the penalty of a change that all classes have in common. */
function commonStrengths(
  strength: Float64Array,
  classes: number,
  columns: number,
): Float64Array {
  const common = new Float64Array(columns + 1);
  for (let j = 0; j <= columns; j++) {
    for (let k = 0; k < classes; k++) {
      common[j] += 2 * strength[index(k, j, classes, columns)];
    }
  }
  return common;
}

/** Second derivatives with respect to the weights and bias of each class. */
function blocks(
  rows: Matrix,
  { at, classes }: Place,
): Float64Array[] {
  const { columns } = rows;
  const size = columns + 1;
  const all = Array.from(
    { length: classes },
    () => new Float64Array(size ** 2),
  );
  const affordable = Math.ceil(MOST_PRODUCTS / (classes * size ** 2 / 2));
  const n = Math.min(rows.rows, MOST_ROWS, affordable);
  const x = new Float64Array(size).fill(1);
  const p = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    const from = Math.floor(i * rows.rows / n) * columns;
    for (let j = 0; j < columns; j++) x[j] = rows.data[from + j];
    probabilities(x, at, p);
    for (let k = 0; k < classes; k++) {
      const weight = p[k] * (1 - p[k]);
      if (weight > SMALLEST_WEIGHT) addSquare(all[k], x, weight / n);
    }
  }
  // Too few rows say little about pairs of columns.
  const certain = Math.max(0, 1 - size / n);
  all.forEach((block) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) block[i * size + j] *= certain;
    }
    let trace = 0;
    for (let j = 0; j < size; j++) trace += block[j * size + j];
    for (let j = 0; j < size; j++) {
      block[j * size + j] += RIDGE * (trace / size) + SMALLEST_WEIGHT;
    }
  });
  return all;
}

/** The softmax of `W x + b`; the last entry of x is 1. */
function probabilities(
  x: Float64Array,
  at: Float64Array,
  p: Float64Array,
): void {
  const columns = x.length - 1;
  const classes = p.length;
  let largest = -Infinity;
  for (let k = 0; k < classes; k++) {
    let sum = at[classes * columns + k];
    for (let j = 0; j < columns; j++) sum += at[k * columns + j] * x[j];
    p[k] = sum;
    if (sum > largest) largest = sum;
  }
  let total = 0;
  for (let k = 0; k < classes; k++) total += p[k] = Math.exp(p[k] - largest);
  for (let k = 0; k < classes; k++) p[k] /= total;
}

/** Adds `weight x x'` to the lower triangle. */
function addSquare(block: Float64Array, x: Float64Array, weight: number): void {
  const size = x.length;
  for (let a = 0; a < size; a++) {
    const factor = weight * x[a];
    for (let b = 0; b <= a; b++) block[a * size + b] += factor * x[b];
  }
}
