import { BadInput } from "../../../bad_input.ts";
import { asLogits, type Logits } from "../../../matrix_kinds.ts";
import type { FitProblem } from "../calibrator.ts";
import { affineLoss } from "./affine_loss.ts";
import { affinePreconditioner } from "./affine_preconditioner.ts";
import { minimise } from "./lbfgs.ts";
import {
  absentClasses,
  FALLING,
  isAlwaysRight,
  separated,
  unconverged,
  withoutRows,
} from "./problems.ts";

/**
 * The largest number of classes of an affine map. With more, the second derivatives need
 * gigabytes, and a fit takes hours.
 */
export const MOST_CLASSES = 300;
/** Largest gradient of a fit that is only compared with others. */
const ROUGH = 1e-5;

/** The map `W x + b` of logits, such as a matrix calibrator fits. */
export type AffineParameters = {
  /** W row by row, `[classes * classes]`. */
  readonly weights: readonly number[];
  /** b, `[classes]`. */
  readonly intercepts: readonly number[];
};

/** Strengths of the quadratic penalties of an affine map. */
export interface AffinePenalty {
  /** Of each weight between different classes, around 0. */
  readonly offDiagonal: number;
  /** Of each intercept, around 0. */
  readonly intercept: number;
  /** Of each weight of a class on itself, around 1 (0). */
  readonly diagonal?: number;
}

/** A fitted affine map. */
export interface AffineFit extends AffineParameters {
  readonly problems: readonly FitProblem[];
}

/** Rows to which an affine map is fitted. */
export interface AffineRows {
  /** x, `[n, classes]`, finite, of about the size of calibrated logits. */
  readonly x: Logits<Float64Array>;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
}

/**
 * Fits `softmax(W x + b)` to labels: the smallest log loss plus penalty, from W = I and
 * b = 0 in float64.
 */
export function fitAffine(rows: AffineRows, penalty: AffinePenalty): AffineFit {
  const { x, labels } = rows;
  const { at, converged, iterations } = searchFrom(rows)(penalty);
  const parameters = parametersOf(at, x.columns);
  const problems = [
    ...(converged ? [] : [unconverged(iterations)]),
    ...endless(parameters, x, labels, penalty),
  ];
  return { ...parameters, problems };
}

/** Fits with each of several penalties, roughly, each from the result of the one before. */
export function fitAffineEach(
  rows: AffineRows,
  penalties: readonly AffinePenalty[],
): AffineParameters[] {
  const search = searchFrom(rows);
  let start = identity(rows.x.columns);
  return penalties.map((penalty) => {
    start = search(penalty, start, ROUGH).at;
    return parametersOf(start, rows.x.columns);
  });
}

/**
 * Throws `BadInput` if there are too many classes for an affine map.
 *
 * @param doing start of the message, such as "Cannot fit matrix scaling"
 */
export function checkClassCount(doing: string, classes: number): void {
  if (classes <= MOST_CLASSES) return;
  throw new BadInput(
    `${doing} to more than ${MOST_CLASSES} classes: there are ${classes}; ` +
      "vector scaling takes any number",
  );
}

/** A search for the minimum with a penalty. */
function searchFrom({ x, labels }: AffineRows) {
  const classes = x.columns;
  const centre = identity(classes);
  const loss = affineLoss(x, labels, classes);
  const preconditioner = affinePreconditioner(x, { at: centre, classes });
  return (penalty: AffinePenalty, start = centre, tolerance?: number) => {
    const strength = strengths(classes, penalty);
    return minimise(loss({ strength, centre }), start, {
      precondition: preconditioner(strength),
      ...(tolerance === undefined ? {} : { tolerance }),
    });
  };
}

function parametersOf(at: Float64Array, classes: number): AffineParameters {
  return {
    weights: Array.from(at.subarray(0, classes * classes)),
    intercepts: Array.from(at.subarray(classes * classes)),
  };
}

function identity(classes: number): Float64Array {
  const parameters = new Float64Array(classes * (classes + 1));
  for (let k = 0; k < classes; k++) parameters[k * classes + k] = 1;
  return parameters;
}

function strengths(
  classes: number,
  { offDiagonal, intercept, diagonal = 0 }: AffinePenalty,
): Float64Array {
  const all = new Float64Array(classes * (classes + 1)).fill(offDiagonal);
  for (let k = 0; k < classes; k++) all[k * classes + k] = diagonal;
  return all.fill(intercept, classes * classes);
}

/** Reasons why the loss falls without end. */
function endless(
  parameters: AffineParameters,
  x: Logits,
  labels: Int32Array,
  { offDiagonal, intercept, diagonal = 0 }: AffinePenalty,
): FitProblem[] {
  const problems: FitProblem[] = [];
  // Multiples of a map that is always right, and is free of penalties, are better still.
  const free = offDiagonal > 0 || intercept > 0
    ? x
    : applyAffine(parameters, x);
  if (diagonal === 0 && isAlwaysRight(free, labels)) {
    problems.push(separated());
  }
  const absent = intercept > 0 ? [] : absentClasses(x, labels);
  if (absent.length > 0) problems.push(withoutRows(absent, FALLING));
  return problems;
}

/**
 * `W x + b` of each row.
 *
 * @param rows x, `[n, classes]`, finite
 */
export function applyAffine(
  { weights, intercepts }: AffineParameters,
  { data, rows, columns }: Logits,
): Logits<Float64Array> {
  const w = Float64Array.from(weights);
  const out = new Float64Array(rows * columns);
  for (let start = 0; start < out.length; start += columns) {
    for (let k = 0; k < columns; k++) {
      let sum = intercepts[k];
      for (let j = 0; j < columns; j++) {
        sum += w[k * columns + j] * data[start + j];
      }
      out[start + k] = sum;
    }
  }
  return asLogits({ data: out, rows, columns });
}
