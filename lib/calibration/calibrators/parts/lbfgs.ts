/** Number of past steps that approximate the curvature. */
const MEMORY = 12;
const MOST_ITERATIONS = 500;
/** Halvings and doublings of one step. */
const MOST_TRIALS = 40;
/** Share of the predicted decrease that a step must reach (Armijo). */
const DECREASE = 1e-4;
/** Share of the initial slope that must be gone after a step (Wolfe). */
const FLATTER = 0.9;

/**
 * A smooth function of several numbers.
 *
 * @param at where to evaluate it, `[numbers]`
 * @param gradient receives the gradient, `[numbers]`
 * @returns the value
 */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

/** Where a search for a minimum ended. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  /** Whether the gradient vanishes there, within tolerance or rounding. */
  readonly converged: boolean;
  readonly iterations: number;
}

/** How `minimise()` searches. */
export interface MinimiseOptions {
  /** Largest entry of the gradient at a minimum (1e-9). */
  readonly tolerance?: number;
  /** Largest number of steps (500). */
  readonly iterations?: number;
  /**
   * Multiplies a vector, in place, by an approximate inverse of the second derivatives
   * (the identity).
   */
  readonly precondition?: (vector: Float64Array) => void;
}

/** A point with its value and gradient. */
interface Point {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

/** A step and the change of the gradient along it. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** Their inner product, positive. */
  readonly curvature: number;
}

/**
 * The minimum of a convex function, by L-BFGS with a line search that fulfils the weak
 * Wolfe conditions.
 *
 * @param objective convex and differentiable
 * @param start `[numbers]`; not changed
 * @see D. Liu and J. Nocedal, "On the limited memory BFGS method for large scale
 * optimization", 1989; A. Lewis and M. Overton, "Nonsmooth optimization via quasi-Newton
 * methods", 2013, for the line search
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: MinimiseOptions = {},
): Minimum {
  const { tolerance = 1e-9, iterations = MOST_ITERATIONS, precondition } =
    options;
  const pairs: Pair[] = [];
  let point = evaluated(objective, start.slice());
  for (let i = 0; i < iterations; i++) {
    const { at, value, gradient } = point;
    if (largest(gradient) <= tolerance) {
      return { at, value, converged: true, iterations: i };
    }
    const direction = descent(gradient, pairs, precondition);
    const slope = dot(gradient, direction);
    // What is left to gain is less than the rounding error of the value.
    if (-slope <= rounding(value)) {
      return { at, value, converged: true, iterations: i };
    }
    const next = lineSearch(objective, point, { direction, slope });
    if (next === undefined) {
      return { at, value, converged: false, iterations: i };
    }
    remember(pairs, point, next);
    point = next;
  }
  const { at, value, gradient } = point;
  const converged = largest(gradient) <= tolerance;
  return { at, value, converged, iterations };
}

function evaluated(objective: Objective, at: Float64Array): Point {
  const gradient = new Float64Array(at.length);
  return { at, gradient, value: objective(at, gradient) };
}

/** The direction of the next step: minus the approximate inverse times the gradient. */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: MinimiseOptions["precondition"],
): Float64Array {
  const direction = gradient.map((g) => -g);
  const shares = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, curvature } = pairs[i];
    shares[i] = dot(step, direction) / curvature;
    add(direction, -shares[i], change);
  }
  if (precondition !== undefined) precondition(direction);
  else if (pairs.length > 0) {
    const { change, curvature } = pairs[pairs.length - 1];
    scale(direction, curvature / dot(change, change));
  }
  pairs.forEach(({ step, change, curvature }, i) => {
    add(direction, shares[i] - dot(change, direction) / curvature, step);
  });
  return direction;
}

/** A point along the direction that is lower and flatter; undefined if none is lower. */
function lineSearch(
  objective: Objective,
  start: Point,
  { direction, slope }: { direction: Float64Array; slope: number },
): Point | undefined {
  let low = 0;
  let high = Infinity;
  let length = 1;
  let lower: Point | undefined;
  for (let i = 0; i < MOST_TRIALS; i++) {
    const at = start.at.map((x, j) => x + length * direction[j]);
    const point = evaluated(objective, at);
    // This form also rejects NaN.
    const most = start.value + DECREASE * length * slope;
    if (!(point.value <= most + rounding(start.value))) {
      high = length;
    } else {
      lower = point;
      if (dot(point.gradient, direction) >= FLATTER * slope) return point;
      low = length;
    }
    length = high < Infinity ? (low + high) / 2 : 2 * low;
  }
  return lower;
}

function remember(pairs: Pair[], from: Point, to: Point): void {
  const step = to.at.map((x, j) => x - from.at[j]);
  const change = to.gradient.map((g, j) => g - from.gradient[j]);
  const curvature = dot(step, change);
  // Rounding can make it 0 or negative close to the minimum.
  if (!(curvature > Number.EPSILON * dot(change, change))) return;
  pairs.push({ step, change, curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

/** Size of the rounding error of a mean over many rows. */
function rounding(value: number): number {
  return 4 * Number.EPSILON * Math.abs(value);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function add(to: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * vector[i];
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] *= factor;
}

function largest(vector: Float64Array): number {
  let found = 0;
  for (const value of vector) found = Math.max(found, Math.abs(value));
  return found;
}
