import type { Matrix } from "../matrix.ts";
import { asPoints, type Points } from "../matrix_kinds.ts";
import { stream } from "../random.ts";

/** Power iteration stops when a unit axis changes by less than this. */
const AXIS_TOLERANCE = 1e-10;
const MOST_STEPS = 1000;

/**
 * Coordinates of the rows along their two directions of largest variance (principal
 * component analysis), by power iteration on the covariance and deflation. The sign
 * of a direction makes its largest entry positive. If no variance is left, the
 * coordinate is 0.
 *
 * If two variances differ by less than 1 %, their directions are only loosely
 * determined within the plane they span.
 *
 * @param points `[n, columns]`, finite
 * @returns `[n, 2]`, centred
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { pointsOf, principalComponents } from "@ils/label-smoothing/embedding";
 * // Points on a line of slope 3/4, 5 apart.
 * const { data } = principalComponents(pointsOf([[0, 0], [4, 3], [8, 6]]));
 * strictEqual(data[0].toFixed(6), "-5.000000");
 * strictEqual(data[4].toFixed(6), "5.000000");
 * ```
 */
export function principalComponents(points: Points): Points<Float64Array> {
  const { rows } = points;
  const data = new Float64Array(rows * 2);
  const centred = centre(points);
  const covariance = covarianceOf(centred);
  const total = trace(covariance);
  for (let component = 0; component < 2; component++) {
    const { axis, variance } = leadingAxis(covariance);
    // Rounding errors left by deflation are not a direction of the data.
    if (!(variance > total * 1e-14)) break;
    for (let i = 0; i < rows; i++) {
      data[2 * i + component] = project(centred, i, axis);
    }
    deflate(covariance, axis, variance);
  }
  return asPoints({ data, rows, columns: 2 });
}

function centre({ data, rows, columns }: Matrix): Matrix<Float64Array> {
  const means = new Float64Array(columns);
  data.forEach((value, at) => means[at % columns] += value / rows);
  const centred = Float64Array.from(
    data,
    (value, at) => value - means[at % columns],
  );
  return { data: centred, rows, columns };
}

function covarianceOf({ data, rows, columns }: Matrix): Matrix<Float64Array> {
  const result = new Float64Array(columns * columns);
  for (let start = 0; start < data.length; start += columns) {
    for (let a = 0; a < columns; a++) {
      const factor = data[start + a] / rows;
      for (let b = a; b < columns; b++) {
        result[a * columns + b] += factor * data[start + b];
      }
    }
  }
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < a; b++) {
      result[a * columns + b] = result[b * columns + a];
    }
  }
  return { data: result, rows: columns, columns };
}

function trace({ data, columns }: Matrix): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += columns + 1) sum += data[at];
  return sum;
}

/** The unit eigenvector of the largest eigenvalue, and that eigenvalue. */
function leadingAxis(
  covariance: Matrix<Float64Array>,
): { axis: Float64Array; variance: number } {
  const { columns } = covariance;
  const start = stream(0, "pca");
  let axis = Float64Array.from({ length: columns }, () => start.normal());
  let variance = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = Float64Array.from(
      axis,
      (_, a) => project(covariance, a, axis),
    );
    variance = Math.hypot(...next);
    if (!(variance > 0)) break;
    let change = 0;
    for (let a = 0; a < columns; a++) {
      next[a] /= variance;
      change = Math.max(change, Math.abs(next[a] - axis[a]));
    }
    axis = next;
    if (change < AXIS_TOLERANCE) break;
  }
  const largest = axis.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
  return { axis: largest < 0 ? axis.map((entry) => -entry) : axis, variance };
}

function project({ data, columns }: Matrix, i: number, axis: Float64Array) {
  let sum = 0;
  for (let k = 0; k < columns; k++) sum += data[i * columns + k] * axis[k];
  return sum;
}

function deflate(
  covariance: Matrix<Float64Array>,
  axis: Float64Array,
  variance: number,
): void {
  const { data, columns } = covariance;
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++) {
      data[a * columns + b] -= variance * axis[a] * axis[b];
    }
  }
}
