import { BadInput, checkRange } from "../bad_input.ts";
import { solveSymmetric } from "./cholesky.ts";
import { mean } from "./summary.ts";

/** A fitted logistic regression. Its weights are those of standardised features. */
export interface LogisticRegression {
  /** Log odds of a row whose features are all at their mean. */
  readonly intercept: number;
  /** Change of the log odds per standard deviation of each feature. */
  readonly weights: readonly number[];
  /** Mean of each feature. */
  readonly centres: readonly number[];
  /** Standard deviation of each feature (divisor n); 1 for a constant feature. */
  readonly scales: readonly number[];
}

/** Newton's method needs about ten steps; more than these mean that it failed. */
const MOST_STEPS = 200;

/** Longest last step, in units of the weights. */
const TOLERANCE = 1e-10;

/**
 * Fits a binary logistic regression with an L2 penalty by Newton's method. It
 * minimises `sum w^2 / 2 + C * sum log(1 + exp(-y (w x + b)))` over weights w and
 * intercept b, with y = ±1 and standardised features x. The intercept is not
 * penalised. Separable data therefore have finite weights, and a constant feature
 * has weight 0.
 *
 * @param rows `[n][features]`, finite numbers
 * @param outcomes `[n]`, both of which must occur
 * @param options `C`, the inverse strength of the penalty, in (0, 1e6] (1)
 * @throws {BadInput} if only one outcome occurs, rows differ in length, a number is
 * not finite or `C` is outside its range
 * @see T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical
 * Learning", 2009, section 4.4
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import {
 *   fitLogisticRegression,
 *   logisticProbability,
 * } from "@ils/label-smoothing/statistics";
 * const rows = [[1], [2], [3], [4]];
 * const model = fitLogisticRegression(rows, [false, false, true, true]);
 * strictEqual(logisticProbability(model, [2.5]).toFixed(3), "0.500");
 * strictEqual(logisticProbability(model, [4]).toFixed(3), "0.780");
 * ```
 */
export function fitLogisticRegression(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  options: { readonly C?: number } = {},
): LogisticRegression {
  const { C = 1 } = options;
  check(rows, outcomes, C);
  const features = rows[0].map((_, j) => rows.map((row) => row[j]));
  const centres = features.map(mean);
  const scales = features.map((values, j) => spread(values, centres[j]));
  const standardised = rows.map((row) => [
    1,
    ...row.map((value, j) => (value - centres[j]) / scales[j]),
  ]);
  const [intercept, ...weights] = minimise({ rows: standardised, outcomes, C });
  return { intercept, weights, centres, scales };
}

/**
 * The probability that a fitted logistic regression gives to the outcome `true`.
 *
 * @param row `[features]`, not standardised
 * @returns in [0, 1]
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logisticProbability } from "@ils/label-smoothing/statistics";
 * const model = { intercept: 0, weights: [1], centres: [5], scales: [2] };
 * strictEqual(logisticProbability(model, [5]), 0.5);
 * strictEqual(logisticProbability(model, [7]).toFixed(3), "0.731");
 * ```
 */
export function logisticProbability(
  model: LogisticRegression,
  row: readonly number[],
): number {
  const { intercept, weights, centres, scales } = model;
  const odds = weights.map((weight, j) =>
    weight * (row[j] - centres[j]) / scales[j]
  );
  return sigmoid(sum(odds) + intercept);
}

interface Problem {
  /** Standardised features after a 1 for the intercept. */
  readonly rows: readonly (readonly number[])[];
  readonly outcomes: readonly boolean[];
  readonly C: number;
}

function check(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  C: number,
): void {
  const failure = "Cannot fit a logistic regression as";
  if (rows.length !== outcomes.length) {
    throw new BadInput(
      `${failure} each row needs an outcome: ${rows.length} rows, ` +
        `${outcomes.length} outcomes`,
    );
  }
  const positive = outcomes.filter((outcome) => outcome).length;
  if (positive === 0 || positive === outcomes.length) {
    throw new BadInput(
      `${failure} both outcomes must occur: ${positive} of ` +
        `${outcomes.length} are true`,
    );
  }
  const bad = rows.findIndex((row) =>
    row.length !== rows[0].length || !row.every(Number.isFinite)
  );
  if (bad >= 0) {
    throw new BadInput(
      `${failure} every row must have ${rows[0].length} finite numbers: row ` +
        `${bad} is ${rows[bad].join(", ")}`,
    );
  }
  checkRange(`${failure} C`, C, { low: 0, high: 1e6, lowOpen: true });
}

/** The standard deviation with divisor n, or 1 if the values are equal. */
function spread(values: readonly number[], centre: number): number {
  const squares = values.map((value) => (value - centre) ** 2);
  return Math.sqrt(mean(squares)) || 1;
}

/** Newton's method with halved steps where a full one would raise the objective. */
function minimise(problem: Problem): number[] {
  let parameters = problem.rows[0].map(() => 0);
  let value = objective(problem, parameters);
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = newtonStep(problem, parameters);
    const longest = Math.max(...step.map(Math.abs));
    let moved = parameters;
    let reached = Infinity;
    for (let share = 1; share * longest > TOLERANCE; share /= 2) {
      moved = parameters.map((parameter, j) => parameter - share * step[j]);
      reached = objective(problem, moved);
      if (reached <= value) break;
    }
    if (!(reached <= value)) return parameters;
    [parameters, value] = [moved, reached];
  }
  throw new Error(
    `Logistic regression has not converged in ${MOST_STEPS} steps`,
  );
}

function objective({ rows, outcomes, C }: Problem, parameters: number[]) {
  const penalty = sum(parameters.slice(1).map((weight) => weight ** 2)) / 2;
  const losses = rows.map((row, i) => {
    const odds = (outcomes[i] ? 1 : -1) * dot(row, parameters);
    // log(1 + exp(-odds)) without overflow.
    return Math.max(0, -odds) + Math.log1p(Math.exp(-Math.abs(odds)));
  });
  return penalty + C * sum(losses);
}

/** The inverse of the Hessian times the gradient. */
function newtonStep(
  { rows, outcomes, C }: Problem,
  parameters: readonly number[],
): number[] {
  const probabilities = rows.map((row) => sigmoid(dot(row, parameters)));
  const penalised = (j: number) => j === 0 ? 0 : 1;
  const gradient = parameters.map((parameter, j) =>
    penalised(j) * parameter +
    C * sum(rows.map((row, i) => (probabilities[i] - +outcomes[i]) * row[j]))
  );
  const hessian = parameters.map((_, j) =>
    parameters.map((_, k) =>
      (j === k ? penalised(j) : 0) +
      C * sum(rows.map((row, i) =>
          probabilities[i] * (1 - probabilities[i]) * row[j] * row[k]
        ))
    )
  );
  return solveSymmetric(hessian, gradient);
}

function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((value, i) => value * b[i]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
