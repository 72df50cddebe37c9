import { BadInput, checkWhole } from "../bad_input.ts";
import { matrix } from "../matrix.ts";
import {
  asLogits,
  asPoints,
  type Logits,
  type Points,
} from "../matrix_kinds.ts";
import { type Random, stream } from "../random.ts";

/**
 * A Gaussian of unit variance in the plane, and its weight within its class.
 */
export interface Circle {
  readonly centre: readonly [number, number];
  /** In (0, 1]; the weights of a class sum to 1. */
  readonly weight: number;
  /**
   * Whether few instances come from it; accuracy on those is reported
   * separately.
   */
  readonly sparse: boolean;
}

/** Positions of the classes in the plane: for each class, its circles. */
export interface CirclesLayout {
  readonly name: string;
  readonly classes: readonly (readonly Circle[])[];
}

const SPARSE_SHARE = 0.2;

/**
 * The layouts by name. The study published neither centres nor widths.
 * `canonical`, `second` and `third` were fitted to its published scores of the
 * Bayes classifier (accuracy on dense and sparse parts, log loss, confidence);
 * of the three, `canonical` also has the plain network closest to the published
 * one. `different` is the study's variant with one circle per class, read off
 * its figure.
 */
export const LAYOUTS: Readonly<Record<string, CirclesLayout>> = {
  canonical: denseAndSparse("canonical", [
    [[1, -0.5], [-3, 0.5]],
    [[1.5, -3], [4.5, 2]],
    [[3.5, -1], [-2, -1]],
  ]),
  second: denseAndSparse("second", [
    [[-2.5, 4], [2.5, 0]],
    [[-0.5, 2], [0.5, -3.5]],
    [[-3.5, 2], [0.5, -0.5]],
  ]),
  third: denseAndSparse("third", [
    [[-4, -3.5], [2, 4.5]],
    [[-4, -0.5], [-2, -5]],
    [[-2, -2], [3.5, 3.5]],
  ]),
  different: {
    name: "different",
    classes: ([[-3, 0], [0, -2], [2, 2]] as const)
      .map((centre) => [{ centre, weight: 1, sparse: false }]),
  },
};

/**
 * Returns the layout of a name.
 *
 * @throws {BadInput} if no layout has that name
 */
export function layoutNamed(name: string): CirclesLayout {
  if (Object.hasOwn(LAYOUTS, name)) return LAYOUTS[name];
  throw new BadInput(
    `Layout must be one of ${Object.keys(LAYOUTS).join(", ")}: ` +
      `current value is ${name}`,
  );
}

type Point = readonly [number, number];

function denseAndSparse(
  name: string,
  centres: readonly (readonly [Point, Point])[],
): CirclesLayout {
  const classes = centres.map(([dense, sparse]) => [
    { centre: dense, weight: 1 - SPARSE_SHARE, sparse: false },
    { centre: sparse, weight: SPARSE_SHARE, sparse: true },
  ]);
  return { name, classes };
}

/** Points in the plane, their classes, and which points are sparse. */
export interface CirclesSample {
  /** `[n, 2]` */
  readonly points: Points<Float32Array>;
  /** `[n]`, class indices in ascending order. */
  readonly labels: Int32Array;
  /** `[n]`, 1 for a point drawn from a sparse circle, else 0. */
  readonly sparse: Uint8Array;
}

/**
 * Draws the same number of points from each class. The circle of each point is
 * drawn too, so the number of sparse points varies.
 *
 * @param perClass points per class, an integer of at least 1
 * @throws {BadInput} if `perClass` is out of range
 */
export function drawCircles(
  { classes }: CirclesLayout,
  perClass: number,
  random: Random,
): CirclesSample {
  checkWhole("Points per class", perClass, 1);
  const n = classes.length * perClass;
  const points = asPoints(matrix(new Float32Array(2 * n), 2));
  const labels = Int32Array.from(
    { length: n },
    (_, i) => Math.floor(i / perClass),
  );
  const sparse = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const circle = choose(classes[labels[i]], random.uniform());
    points.data[2 * i] = circle.centre[0] + random.normal();
    points.data[2 * i + 1] = circle.centre[1] + random.normal();
    if (circle.sparse) sparse[i] = 1;
  }
  return { points, labels, sparse };
}

function choose(circles: readonly Circle[], share: number): Circle {
  let below = 0;
  const found = circles.find(({ weight }) => (below += weight) > share);
  return found ?? circles[circles.length - 1];
}

/** Number of points per class in each part of a data set. */
export interface CirclesSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** The published sizes: 150, 150 and 15,000 points in three classes. */
export const STUDY_SIZES: CirclesSizes = {
  train: 50,
  validation: 50,
  test: 5000,
};

/** One data set of the study. */
export interface CirclesDataset {
  readonly layout: CirclesLayout;
  readonly train: CirclesSample;
  readonly validation: CirclesSample;
  readonly test: CirclesSample;
}

/**
 * Returns the data set with a given number. Each part has its own random
 * stream, so that the size of one part does not affect the others.
 *
 * @param number an integer of at least 0
 * @param options `seed` shared by all data sets (1); `sizes`, points per class
 */
export function circlesDataset(
  layout: CirclesLayout,
  number: number,
  { seed = 1, sizes = STUDY_SIZES }: {
    readonly seed?: number;
    readonly sizes?: CirclesSizes;
  } = {},
): CirclesDataset {
  checkWhole("Number of a data set", number, 0);
  const draw = (part: keyof CirclesSizes) =>
    drawCircles(layout, sizes[part], stream(seed, `circles/${number}/${part}`));
  return {
    layout,
    train: draw("train"),
    validation: draw("validation"),
    test: draw("test"),
  };
}

/**
 * Returns the log of the true class probabilities,
 * `ln P(k|x) = ln sum_c w_kc N(x; m_kc, I) - ln sum_j sum_c w_jc N(x; m_jc, I)`
 * for equally likely classes: the logits of the Bayes classifier.
 *
 * @param points `[n, 2]`
 * @returns `[n, classes]`
 */
export function bayesLogits(
  { classes }: CirclesLayout,
  points: Points,
): Logits<Float64Array> {
  const columns = classes.length;
  const data = new Float64Array(points.rows * columns);
  for (let i = 0; i < points.rows; i++) {
    const x = points.data[2 * i];
    const y = points.data[2 * i + 1];
    const densities = classes.map((circles) => logDensity(circles, x, y));
    const total = logSum(densities);
    densities.forEach((z, k) => data[i * columns + k] = z - total);
  }
  return asLogits({ data, rows: points.rows, columns });
}

/** Returns the log density, up to a constant shared by all circles. */
function logDensity(circles: readonly Circle[], x: number, y: number): number {
  return logSum(
    circles.map(({ centre: [u, v], weight }) =>
      Math.log(weight) - ((x - u) ** 2 + (y - v) ** 2) / 2
    ),
  );
}

function logSum(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  const sum = terms.reduce((sum, term) => sum + Math.exp(term - largest), 0);
  return largest + Math.log(sum);
}
