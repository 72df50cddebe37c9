import { BadInput, checkWhole } from "../bad_input.ts";
import { matrix } from "../matrix.ts";
import {
  asLogits,
  asPoints,
  type Logits,
  type Points,
} from "../matrix_kinds.ts";
import { type Random, stream } from "../random.ts";

/** A Gaussian of unit variance in the plane, and its share of its class. */
export interface Circle {
  readonly centre: readonly [number, number];
  /** In (0, 1]; those of a class sum to 1. */
  readonly weight: number;
  /** Few instances come from it: accuracy there is reported apart. */
  readonly sparse: boolean;
}

/** Where the classes lie in the plane: for each class, its circles. */
export interface CirclesLayout {
  readonly name: string;
  readonly classes: readonly (readonly Circle[])[];
}

const SPARSE_SHARE = 0.2;

/**
 * The layouts by name. The study printed neither its centres nor its widths.
 * `canonical`, `second` and `third` were fitted to what it did print of the
 * Bayes classifier (accuracy on dense and sparse parts, log loss, confidence);
 * `canonical` is the one whose plain network is nearest, too. `different` is
 * the study's variant of one circle a class, read off its figure.
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

/** @throws {BadInput} if there is no layout of that name */
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

/** Points of the plane, their classes and which part of these they are of. */
export interface CirclesSample {
  /** `[n, 2]` */
  readonly points: Points<Float32Array>;
  /** `[n]`, class indices, ascending. */
  readonly labels: Int32Array;
  /** `[n]`, 1 where the point was drawn from a sparse circle. */
  readonly sparse: Uint8Array;
}

/**
 * Draws from the classes equally often. Which of its class's circles a point
 * comes from is drawn too, so that the number of sparse ones varies.
 *
 * @param perClass points a class, whole, at least 1
 * @throws {BadInput} for another number
 */
export function drawCircles(
  { classes }: CirclesLayout,
  perClass: number,
  random: Random,
): CirclesSample {
  checkWhole("Points a class", perClass, 1);
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

/** How many points of each class a data set holds. */
export interface CirclesSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** The study's sizes a class: 150, 150 and 15,000 points of three classes. */
export const STUDY_SIZES: CirclesSizes = {
  train: 50,
  validation: 50,
  test: 5000,
};

/** One data set. */
export interface CirclesDataset {
  readonly layout: CirclesLayout;
  readonly train: CirclesSample;
  readonly validation: CirclesSample;
  readonly test: CirclesSample;
}

/**
 * The data set of a number: each part has a stream of its own, so that another
 * size of one changes no other.
 *
 * @param number whole, at least 0
 * @param options `seed` of all data sets together (1)
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
 * Log of the true class probabilities,
 * `ln P(k|x) = ln sum_c w_kc N(x; m_kc, I) - ln sum_j sum_c w_jc N(x; m_jc, I)`,
 * the classes being equally likely: the logits of the Bayes classifier.
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

/** Up to the constant that all circles share. */
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
