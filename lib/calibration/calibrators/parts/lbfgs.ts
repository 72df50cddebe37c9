/** Number of past steps that approximate the curvature. */
const MEMORY = 12;
const MOST_ITERATIONS = 500;
/** Halvings and doublings of one step. */
const MOST_TRIALS = 40;
/** Share of the predicted decrease that a step must reach (Armijo). */
const DECREASE = 1e-4;
/** Largest relative rounding error of a value, which is a mean over many rows. */
const NOISE = 1e-12;
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

/** A step and the change of the gradient along it. */
interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  /** Their inner product, positive. */
  readonly curvature: number;
}

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

/**
 * The minimum of a convex function, by L-BFGS with a line search that fulfils the weak
 * Wolfe conditions.
 *
 * @param objective convex and differentiable
 * @param start `[numbers]`; not changed
 * @see D. Liu and J. Nocedal, "On the limited memory BFGS method for large scale
 * optimization", 1989; A. Lewis and M. Overton, "Nonsmooth optimization via quasi-Newton
 * methods", 2013, and W. Hager and H. Zhang, "A new conjugate gradient method with
 * guaranteed descent and an efficient line search", 2005, for the line search
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: MinimiseOptions = {},
): Minimum {
  const { tolerance = 1e-9, iterations = MOST_ITERATIONS, precondition } =
    options;
  const steps: Step[] = [];
  let point = evaluated(objective, start.slice());
  for (let i = 0; i < iterations; i++) {
    const { at, value, gradient } = point;
    if (largest(gradient) <= tolerance) {
      return { at, value, converged: true, iterations: i };
    }
    const direction = descent(gradient, steps, precondition);
    const slope = dot(gradient, direction);
    // What is left to gain is less than the rounding error of the value.
    if (-slope <= 4 * Number.EPSILON * Math.abs(value)) {
      return { at, value, converged: true, iterations: i };
    }
    const next = lineSearch(objective, point, { direction, slope });
    if (next === undefined) {
      return { at, value, converged: false, iterations: i };
    }
    remember(steps, point, next);
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
  steps: readonly Step[],
  precondition: MinimiseOptions["precondition"],
): Float64Array {
  const direction = gradient.map((g) => -g);
  const shares = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { move, change, curvature } = steps[i];
    shares[i] = dot(move, direction) / curvature;
    add(direction, -shares[i], change);
  }
  precondition?.(direction);
  if (steps.length > 0) {
    const { change, curvature } = steps[steps.length - 1];
    const expected = change.slice();
    precondition?.(expected);
    scale(direction, curvature / dot(change, expected));
  }
  steps.forEach(({ move, change, curvature }, i) => {
    add(direction, shares[i] - dot(change, direction) / curvature, move);
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
    const end = dot(point.gradient, direction);
    const most = start.value + DECREASE * length * slope;
    // Where values differ by rounding errors only, the slope tells instead.
    const level = point.value <= start.value + NOISE * Math.abs(start.value) &&
      end <= -(1 - 2 * DECREASE) * slope;
    if (!(point.value <= most || level)) high = length;
    else {
      lower = point;
      if (end >= FLATTER * slope) return point;
      low = length;
    }
    length = high < Infinity ? (low + high) / 2 : 2 * low;
  }
  return lower;
}

function remember(steps: Step[], from: Point, to: Point): void {
  const move = to.at.map((x, j) => x - from.at[j]);
  const change = to.gradient.map((g, j) => g - from.gradient[j]);
  const curvature = dot(move, change);
  // Rounding can make it 0 or negative close to the minimum.
  if (!(curvature > Number.EPSILON * dot(change, change))) return;
  steps.push({ move, change, curvature });
  if (steps.length > MEMORY) steps.shift();
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
