import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { softmax } from "../../logits/softmax.ts";
import { checkLogits } from "../check.ts";
import type { Calibrator, FitProblem } from "./calibrator.ts";
import {
  absentClasses,
  FALLING,
  foundProblems,
  isAlwaysRight,
  separated,
  unconverged,
  withoutRows,
} from "./parts/problems.ts";
import { toResidual } from "./parts/affine_loss.ts";
import { checkParameters } from "./parts/check_parameters.ts";
import { minimise, type Objective } from "./parts/lbfgs.ts";
import { divided } from "./parts/divided.ts";
import { describeRange } from "./parts/describe_range.ts";
import { findTemperature } from "./temperature_search.ts";

/** Keeps the second derivatives of a class without rows positive. */
const RIDGE = 1e-6;

/** The numbers that vector scaling fits. */
export type VectorParameters = {
  /** Factor of each class, `[classes]`. */
  readonly weights: readonly number[];
  /** Summand of each class, `[classes]`. */
  readonly intercepts: readonly number[];
};

/**
 * Vector scaling: each class has a factor and a summand, `softmax(w_k z_k + b_k)`, with
 * the smallest log loss.
 *
 * The result depends on a number that is added to all logits of a row; give the logits
 * of the network as they are. A logit of -Infinity stays, and has no part in the fit.
 *
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017,
 * section 4.2
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { vectorScaling } from "@ils/label-smoothing/calibration";
 * // Class 0 is right in three of four rows, class 1 in every other one.
 * const rows = [[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]];
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const { apply } = vectorScaling.fit(logitsOf(rows), labels);
 * const { data } = softmax(apply(logitsOf([[4, 0], [0, 4]])));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[3].toFixed(4), "0.5000");
 * ```
 */
export const vectorScaling: Calibrator<VectorParameters> = {
  name: "vector",
  title: "vector scaling",
  participle: "vector-scaled",
  describe: ({ weights }, digits) => describeRange("weights", weights, digits),
  fit(logits, labels) {
    checkLogits("Cannot fit vector scaling", logits, labels);
    const parameters = fitVector(logits, labels);
    const { problems, ...rest } = parameters;
    return {
      parameters: rest,
      ...foundProblems(problems),
      apply: (others) => applyVector(rest, others),
    };
  },
  apply: applyVector,
  check(parameters, classes) {
    const rule = { count: classes };
    checkParameters(parameters, { weights: rule, intercepts: rule });
  },
  code: ({ weights, intercepts }) => ({
    constants: `const weights = ${JSON.stringify(weights)};
const intercepts = ${JSON.stringify(intercepts)};`,
    body: `return z.map((x, k) =>
  x === -Infinity ? x : weights[k] * x + intercepts[k]
);`,
  }),
};

function fitVector(
  logits: Logits,
  labels: Int32Array,
): VectorParameters & { problems: FitProblem[] } {
  const classes = logits.columns;
  // In units of the temperature, so that the size of the logits does not matter.
  const { temperature } = findTemperature(logits, labels);
  const scaled = divided(logits, temperature);
  const start = new Float64Array(2 * classes).fill(1, 0, classes);
  const { at, converged, iterations } = minimise(
    vectorLoss(scaled, labels),
    start,
    { precondition: vectorPreconditioner(scaled) },
  );
  const parameters = {
    weights: Array.from(at.subarray(0, classes), (w) => w / temperature),
    intercepts: Array.from(at.subarray(classes)),
  };
  const absent = absentClasses(logits, labels);
  const right = isAlwaysRight(applyVector(parameters, logits), labels);
  const problems = [
    ...(converged ? [] : [unconverged(iterations)]),
    ...(right ? [separated()] : []),
    ...(absent.length > 0 ? [withoutRows(absent, FALLING)] : []),
  ];
  return { ...parameters, problems };
}

/** The log loss of `softmax(w_k z_k + b_k)` as a function of w, then b. */
function vectorLoss(
  { data, rows, columns }: Logits,
  labels: Int32Array,
): Objective {
  const residuals = new Float64Array(columns);
  return (at, gradient) => {
    gradient.fill(0);
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const start = i * columns;
      for (let k = 0; k < columns; k++) {
        const z = data[start + k];
        residuals[k] = z === -Infinity ? z : at[k] * z + at[columns + k];
      }
      total += toResidual(residuals, labels[i]);
      for (let k = 0; k < columns; k++) {
        // Also skips -Infinity, whose product with 0 would be NaN.
        if (residuals[k] === 0) continue;
        gradient[k] += residuals[k] * data[start + k];
        gradient[columns + k] += residuals[k];
      }
    }
    for (let i = 0; i < gradient.length; i++) gradient[i] /= rows;
    return total / rows;
  };
}

/**
 * The inverse of the second derivatives of `vectorLoss()` with respect to the factor and
 * the summand of each class, at the start of the search.
 */
function vectorPreconditioner(
  scaled: Logits<Float64Array>,
): (vector: Float64Array) => void {
  const { data: z, rows, columns } = scaled;
  const { data: p } = softmax(scaled);
  const squares = Array.from({ length: columns }, (_, k) => {
    let a = 0, b = 0, c = 0;
    for (let at = k; at < z.length; at += columns) {
      const weight = p[at] * (1 - p[at]) / rows;
      if (weight === 0) continue;
      a += weight * z[at] * z[at];
      b += weight * z[at];
      c += weight;
    }
    return { a: a * (1 + RIDGE) + RIDGE, b, c: c * (1 + RIDGE) + RIDGE };
  });
  return (vector) =>
    squares.forEach(({ a, b, c }, k) => {
      const u = vector[k];
      const v = vector[columns + k];
      const determinant = a * c - b * b;
      vector[k] = (c * u - b * v) / determinant;
      vector[columns + k] = (a * v - b * u) / determinant;
    });
}

function applyVector(
  { weights, intercepts }: VectorParameters,
  { data, rows, columns }: Logits,
): Logits<Float64Array> {
  const out = new Float64Array(rows * columns);
  for (let at = 0; at < out.length; at++) {
    const k = at % columns;
    const z = data[at];
    out[at] = z === -Infinity ? z : weights[k] * z + intercepts[k];
  }
  return asLogits({ data: out, rows, columns });
}
