import { BadInput } from "../../../bad_input.ts";
import { argMax, type Matrix } from "../../../matrix.ts";
import { asLogits, type Logits } from "../../../matrix_kinds.ts";
import type { FitProblem } from "../calibrator.ts";
import { affineLoss } from "./affine_loss.ts";
import { affinePreconditioner } from "./affine_preconditioner.ts";
import { minimise } from "./lbfgs.ts";

/** With more, the second derivatives need gigabytes, and a fit takes hours. */
const MOST_CLASSES = 300;

/** What becomes of classes without rows if intercepts have no penalty. */
export const FALLING = "the log loss falls without end with the intercept";

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

/**
 * Fits `softmax(W x + b)` to labels: the smallest log loss plus penalty, from W = I and
 * b = 0 in float64.
 *
 * @param doing start of messages, such as "Cannot fit matrix scaling"
 * @param rows x, `[n, classes]`, finite, of about the size of calibrated logits
 * @param labels `[n]`, class indices
 * @throws {BadInput} for more than 300 classes
 */
export function fitAffine(
  doing: string,
  rows: Logits<Float64Array>,
  labels: Int32Array,
  penalty: AffinePenalty,
): AffineFit {
  const classes = rows.columns;
  if (classes > MOST_CLASSES) {
    throw new BadInput(
      `${doing} to more than ${MOST_CLASSES} classes: there are ${classes}`,
    );
  }
  const start = identity(classes);
  const strength = strengths(classes, penalty);
  const objective = affineLoss(rows, labels, {
    classes,
    penalty: { strength, centre: start },
  });
  const { at, converged, iterations } = minimise(objective, start, {
    precondition: affinePreconditioner(rows, { at: start, classes, strength }),
  });
  const weights = Array.from(at.subarray(0, classes * classes));
  const intercepts = Array.from(at.subarray(classes * classes));
  const problems = [
    ...(converged ? [] : [unconverged(iterations)]),
    ...endless({ weights, intercepts }, rows, labels, penalty),
  ];
  return { weights, intercepts, problems };
}

/** The problem of a search that stopped too early. */
export function unconverged(iterations: number): FitProblem {
  const reason = `the search for the smallest log loss stopped after ` +
    `${iterations} steps before it reached the minimum`;
  return { kind: "unconverged", reason };
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
  rows: Logits,
  labels: Int32Array,
  { offDiagonal, intercept, diagonal = 0 }: AffinePenalty,
): FitProblem[] {
  const problems: FitProblem[] = [];
  // Multiples of a map that is always right, and is free of penalties, are better still.
  const free = offDiagonal > 0 || intercept > 0
    ? rows
    : applyAffine(parameters, rows);
  if (diagonal === 0 && isAlwaysRight(free, labels)) {
    problems.push(separated());
  }
  const absent = intercept > 0 ? [] : absentClasses(rows, labels);
  if (absent.length > 0) problems.push(withoutRows(absent, FALLING));
  return problems;
}

/** The problem of weights that separate the classes. */
export function separated(): FitProblem {
  const reason = "every validation row is predicted right, so the log loss " +
    "falls without end as weights grow: fit on more rows, none of which the " +
    "model was trained on";
  return { kind: "no minimum", reason };
}

/**
 * The problem of classes that no row has as its label.
 *
 * @param result what the fit makes of them
 */
export function withoutRows(
  absent: readonly number[],
  result: string,
): FitProblem {
  const labels = absent.length > 1 ? "labels" : "label";
  const reason = `no validation row has the ${labels} ${
    absent.join(", ")
  }: ${result}`;
  return { kind: "absent class", reason };
}

/** Classes that are no row's label, though they are not masked in all rows. */
export function absentClasses(
  { data, columns }: Logits,
  labels: Int32Array,
): number[] {
  const absent = new Set(Array(columns).keys());
  for (const label of labels) absent.delete(label);
  return [...absent].filter((k) =>
    data.some((z, at) => at % columns === k && z > -Infinity)
  );
}

/** Whether every label has the largest logit of its row, and no other class has it. */
export function isAlwaysRight(rows: Matrix, labels: Int32Array): boolean {
  return labels.every((label, i) => {
    if (argMax(rows, i) !== label) return false;
    const start = i * rows.columns;
    const top = rows.data[start + label];
    for (let k = label + 1; k < rows.columns; k++) {
      if (rows.data[start + k] === top) return false;
    }
    return true;
  });
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
