import type { Probabilities } from "../../matrix_kinds.ts";
import { topLabels } from "../bins.ts";
import { checkProbabilities } from "../check.ts";
import { findBandwidth, toBandwidth } from "./bandwidth.ts";
import { gaussianKernel, gridPoints, MASS, meshPoints } from "./kernel.ts";

/** A smooth calibration error and the bandwidth at which it was measured. */
export interface SmoothError {
  /** In [0, 1]. */
  readonly error: number;
  /** Standard deviation of the kernel, in (0, 1]; about as large as the error. */
  readonly bandwidth: number;
}

/**
 * The smooth expected calibration error (SmoothECE) of the predicted class: the gaps
 * between accuracy and confidence are smoothed by a kernel instead of averaged in bins.
 *
 * `integral |mean_i K(c_i, t) (hit_i - c_i)| dt`, where K is a Gaussian kernel reflected
 * at 0 and 1. Its bandwidth is the smallest multiple of 1/1024 that is at least as large
 * as the error, so there is nothing to choose. Grids and bandwidths are those of relplot
 * 1.0, with the same results.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @returns in [0, 1]
 * @throws {BadInput} for rows that are not distributions or labels out of range
 * @see J. Błasiok and P. Nakkiran, "Smooth ECE: Principled Reliability Diagrams via
 * Kernel Smoothing", ICLR 2024
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { probabilitiesOf, smoothEce } from "@ils/label-smoothing/calibration";
 * // Three of four are right, as predicted.
 * const rows = probabilitiesOf(Array(4).fill([0.75, 0.25]));
 * ok(smoothEce(rows, Int32Array.of(0, 0, 0, 1)) < 0.002);
 * ok(smoothEce(rows, Int32Array.of(0, 1, 1, 1)) > 0.3);
 * ```
 */
export function smoothEce(
  probabilities: Probabilities,
  labels: Int32Array,
): number {
  checkProbabilities(probabilities, labels);
  const { confidence, correct } = topLabels(probabilities, labels);
  return smoothError(confidence, correct).error;
}

/** The smooth error of confidences `[n]` of predictions that are right (1) or wrong (0). */
export function smoothError(
  confidence: Float64Array,
  correct: Uint8Array,
): SmoothError {
  const grids = new Map<number, Grid>();
  const errorAt = (step: number) => {
    const points = gridPoints(step);
    let grid = grids.get(points);
    if (grid === undefined) {
      grids.set(points, grid = spread(confidence, correct, points));
    }
    return gridError(grid, step);
  };
  const step = findBandwidth(errorAt);
  return { error: errorAt(step), bandwidth: toBandwidth(step) };
}

/** Sums over rows on grid points from 0 to 1. */
interface Grid {
  /** Of confidence minus hit. */
  readonly residual: Float64Array;
  /** Of rows. */
  readonly count: Float64Array;
}

/** Divides each row between its two neighbouring grid points. */
function spread(
  confidence: Float64Array,
  correct: Uint8Array,
  points: number,
): Grid {
  const residual = new Float64Array(points);
  const count = new Float64Array(points);
  for (let i = 0; i < confidence.length; i++) {
    const at = confidence[i] * (points - 1);
    const cell = Math.min(Math.trunc(at), points - 2);
    const share = at - cell;
    const gap = confidence[i] - correct[i];
    residual[cell] += (1 - share) * gap;
    residual[cell + 1] += share * gap;
    count[cell] += 1 - share;
    count[cell + 1] += share;
  }
  return { residual, count };
}

/** The error of smoothed residuals, a mean over mesh points weighted by density. */
function gridError(grid: Grid, step: number): number {
  const last = grid.count.length - 1;
  const mesh = meshPoints(step);
  const kernel = gaussianKernel(last + 1, step);
  let total = 0;
  let mass = 0;
  for (let j = 0; j < mesh; j++) {
    const at = j * (last / (mesh - 1));
    const cell = Math.min(Math.trunc(at), last - 1);
    const low = smoothedAt(grid, cell, kernel);
    const high = smoothedAt(grid, cell + 1, kernel);
    const share = at - cell;
    total += Math.abs((1 - share) * low.residual + share * high.residual);
    mass += (1 - share) * low.count + share * high.count + MASS;
  }
  return total / mass;
}

function smoothedAt(
  { residual, count }: Grid,
  at: number,
  { weights, first }: { weights: Float64Array; first: number },
): { residual: number; count: number } {
  const last = count.length - 1;
  let smoothResidual = 0;
  let smoothCount = 0;
  for (let j = 0; j < weights.length; j++) {
    let from = Math.abs(at + first + j);
    if (from > last) from = 2 * last - from;
    smoothResidual += weights[j] * residual[from];
    smoothCount += weights[j] * count[from];
  }
  return { residual: smoothResidual, count: smoothCount };
}
