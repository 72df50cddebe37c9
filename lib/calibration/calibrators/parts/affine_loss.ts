import type { Matrix } from "../../../matrix.ts";
import type { Objective } from "./lbfgs.ts";

/**
 * Rows, and columns, that are processed together: each sum is then read and written once
 * for four products.
 */
const BLOCK = 4;

/** A quadratic penalty, `sum_i strength_i (parameter_i - centre_i)^2`. */
export interface Penalty {
  readonly strength: Float64Array;
  readonly centre: Float64Array;
}

/** Sizes of the arrays below. */
interface Sizes {
  readonly classes: number;
  /** Length of a row: columns, a 1 for the bias, zeros up to whole blocks. */
  readonly width: number;
}

/**
 * The log loss of `softmax(W x + b)` plus a penalty, as a function of W and b.
 *
 * The parameters are W row by row, then b: `classes * (columns + 1)` numbers.
 *
 * @param rows x, `[n, columns]`, finite
 * @param labels `[n]`, in [0, classes)
 * @returns a function of the penalty
 */
export function affineLoss(
  rows: Matrix,
  labels: Int32Array,
  classes: number,
): (penalty: Penalty) => Objective {
  const { columns, rows: n } = rows;
  const width = wholeBlocks(columns + 1);
  const sizes = { classes, width };
  const x = padded(rows, width);
  const weights = new Float64Array(width * classes);
  const sums = new Float64Array(classes * width);
  const residuals = new Float64Array(BLOCK * classes);
  const ofRow = Array.from(
    { length: BLOCK },
    (_, r) => residuals.subarray(r * classes, (r + 1) * classes),
  );
  return (penalty) => (at, gradient) => {
    transpose(at, columns, classes, weights);
    sums.fill(0);
    let total = 0;
    for (let first = 0; first < n; first += BLOCK) {
      residuals.fill(0);
      const count = Math.min(BLOCK, n - first);
      for (let r = 0; r < count; r++) {
        addProducts(x, (first + r) * width, { weights, sizes }, ofRow[r]);
        total += toResidual(ofRow[r], labels[first + r]);
      }
      addGradient(x, first * width, { sums, sizes }, residuals);
    }
    for (let k = 0; k < classes; k++) {
      for (let j = 0; j < columns; j++) {
        gradient[k * columns + j] = sums[k * width + j] / n;
      }
      gradient[classes * columns + k] = sums[k * width + columns] / n;
    }
    return total / n + addPenalty(penalty, at, gradient);
  };
}

function wholeBlocks(count: number): number {
  return Math.ceil(count / BLOCK) * BLOCK;
}

/** Rows with a 1 at their end; zeros complete blocks of columns and rows. */
function padded({ data, rows, columns }: Matrix, width: number): Float64Array {
  const x = new Float64Array(wholeBlocks(rows) * width);
  for (let i = 0; i < rows; i++) {
    x.set(data.subarray(i * columns, (i + 1) * columns), i * width);
    x[i * width + columns] = 1;
  }
  return x;
}

/** Weights and biases, column by column. */
function transpose(
  at: Float64Array,
  columns: number,
  classes: number,
  weights: Float64Array,
): void {
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < columns; j++) {
      weights[j * classes + k] = at[k * columns + j];
    }
    weights[columns * classes + k] = at[classes * columns + k];
  }
}

/** Adds `W x + b` of the row that begins at `start`. */
function addProducts(
  x: Float64Array,
  start: number,
  { weights, sizes: { classes, width } }: {
    weights: Float64Array;
    sizes: Sizes;
  },
  out: Float64Array,
): void {
  for (let j = 0; j < width; j += BLOCK) {
    const at = start + j;
    const x0 = x[at], x1 = x[at + 1], x2 = x[at + 2], x3 = x[at + 3];
    const w0 = j * classes;
    const w1 = w0 + classes;
    const w2 = w1 + classes;
    const w3 = w2 + classes;
    for (let k = 0; k < classes; k++) {
      out[k] += x0 * weights[w0 + k] + x1 * weights[w1 + k] +
        x2 * weights[w2 + k] + x3 * weights[w3 + k];
    }
  }
}

/** Replaces a row's logits by `softmax - onehot(label)`; returns its log loss. */
export function toResidual(logits: Float64Array, label: number): number {
  let highest = -Infinity;
  for (let k = 0; k < logits.length; k++) {
    if (logits[k] > highest) highest = logits[k];
  }
  const own = logits[label] - highest;
  let sum = 0;
  for (let k = 0; k < logits.length; k++) {
    sum += logits[k] = Math.exp(logits[k] - highest);
  }
  for (let k = 0; k < logits.length; k++) logits[k] /= sum;
  logits[label] -= 1;
  return Math.log(sum) - own;
}

/** Adds the gradient of the four rows that begin at `start`. */
function addGradient(
  x: Float64Array,
  start: number,
  { sums, sizes: { classes, width } }: { sums: Float64Array; sizes: Sizes },
  residuals: Float64Array,
): void {
  const x1 = start + width;
  const x2 = x1 + width;
  const x3 = x2 + width;
  for (let k = 0; k < classes; k++) {
    const r0 = residuals[k];
    const r1 = residuals[classes + k];
    const r2 = residuals[2 * classes + k];
    const r3 = residuals[3 * classes + k];
    const w = k * width;
    for (let j = 0; j < width; j++) {
      sums[w + j] += r0 * x[start + j] + r1 * x[x1 + j] + r2 * x[x2 + j] +
        r3 * x[x3 + j];
    }
  }
}

/** Adds the gradient of a penalty; returns its value. */
function addPenalty(
  { strength, centre }: Penalty,
  at: Float64Array,
  gradient: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < at.length; i++) {
    const distance = at[i] - centre[i];
    gradient[i] += 2 * strength[i] * distance;
    total += strength[i] * distance * distance;
  }
  return total;
}
