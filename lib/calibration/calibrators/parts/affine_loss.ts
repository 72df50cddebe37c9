import type { Matrix } from "../../../matrix.ts";
import type { Objective } from "./lbfgs.ts";

/** Rows that are processed together, so that each weight is read once for all. */
const BLOCK = 4;

/** A quadratic penalty, `sum_i strength_i (parameter_i - centre_i)^2`. */
export interface Penalty {
  readonly strength: Float64Array;
  readonly centre: Float64Array;
}

/**
 * The log loss of `softmax(W x + b)` as a function of W and b, plus a penalty.
 *
 * The parameters are W row by row, then b: `classes * (columns + 1)` numbers.
 *
 * @param rows x, `[n, columns]`, finite
 * @param labels `[n]`, in [0, classes)
 */
export function affineLoss(
  rows: Matrix,
  labels: Int32Array,
  { classes, penalty }: { classes: number; penalty: Penalty },
): Objective {
  const { columns, rows: n } = rows;
  // Padded with rows of zeros, whose residuals are left at 0.
  const padded = Math.ceil(n / BLOCK) * BLOCK;
  const x = new Float64Array(padded * columns);
  x.set(rows.data);
  const residuals = new Float64Array(BLOCK * classes);
  return (at, gradient) => {
    gradient.fill(0);
    let total = 0;
    for (let first = 0; first < n; first += BLOCK) {
      forward(x, first * columns, { at, columns, classes }, residuals);
      const count = Math.min(BLOCK, n - first);
      for (let r = 0; r < BLOCK; r++) {
        const own = residuals.subarray(r * classes, (r + 1) * classes);
        if (r < count) total += toResidual(own, labels[first + r]);
        else own.fill(0);
      }
      backward(x, first * columns, { gradient, columns, classes }, residuals);
    }
    for (let i = 0; i < gradient.length; i++) gradient[i] /= n;
    return total / n + addPenalty(penalty, at, gradient);
  };
}

/** `W x + b` of four rows. */
function forward(
  x: Float64Array,
  start: number,
  { at, columns, classes }: {
    at: Float64Array;
    columns: number;
    classes: number;
  },
  out: Float64Array,
): void {
  const x1 = start + columns;
  const x2 = x1 + columns;
  const x3 = x2 + columns;
  for (let k = 0; k < classes; k++) {
    const bias = at[classes * columns + k];
    let s0 = bias, s1 = bias, s2 = bias, s3 = bias;
    const w = k * columns;
    for (let j = 0; j < columns; j++) {
      const weight = at[w + j];
      s0 += weight * x[start + j];
      s1 += weight * x[x1 + j];
      s2 += weight * x[x2 + j];
      s3 += weight * x[x3 + j];
    }
    out[k] = s0;
    out[classes + k] = s1;
    out[2 * classes + k] = s2;
    out[3 * classes + k] = s3;
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

/** Adds the gradient of four rows. */
function backward(
  x: Float64Array,
  start: number,
  { gradient, columns, classes }: {
    gradient: Float64Array;
    columns: number;
    classes: number;
  },
  residuals: Float64Array,
): void {
  const x1 = start + columns;
  const x2 = x1 + columns;
  const x3 = x2 + columns;
  for (let k = 0; k < classes; k++) {
    const r0 = residuals[k];
    const r1 = residuals[classes + k];
    const r2 = residuals[2 * classes + k];
    const r3 = residuals[3 * classes + k];
    gradient[classes * columns + k] += r0 + r1 + r2 + r3;
    const w = k * columns;
    for (let j = 0; j < columns; j++) {
      gradient[w + j] += r0 * x[start + j] + r1 * x[x1 + j] + r2 * x[x2 + j] +
        r3 * x[x3 + j];
    }
  }
}

/** Adds the gradient of a penalty; returns its value. */
export function addPenalty(
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
