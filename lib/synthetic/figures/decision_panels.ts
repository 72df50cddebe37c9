import { bayesLogits } from "../circles.ts";
import { matrix } from "../../matrix.ts";
import {
  asPoints,
  type Points,
  type Probabilities,
} from "../../matrix_kinds.ts";
import type { MethodSpec } from "../../smoothing/method.ts";
import { softmax } from "../../logits/softmax.ts";
import { trainPlans } from "../candidate.ts";
import {
  type Laboratory,
  type Network,
  openLaboratory,
} from "../laboratory.ts";
import type { SyntheticSpec } from "../spec.ts";
import { bayesTeacher, teacherOf } from "../teacher_of.ts";

const COLUMNS = 120;

/** Titles of the panels: the true posterior, then the networks. */
const TITLES = [
  "true posterior",
  "no smoothing",
  "label smoothing, 0.09",
  "instance-based (ilsq)",
  "trained on posterior",
];

const ILSQ: MethodSpec = {
  name: "ilsq",
  p1: 0.8,
  p2: 1.25,
  maxEpsilon: 0.2,
  temperature: 2,
};

/** One model's predictions over the plane, and the training points. */
export interface DecisionPanel {
  readonly title: string;
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  /** `[rows * columns, classes]`, rows in ascending order of y. */
  readonly probabilities: Probabilities;
  readonly points: Points;
  readonly labels: Int32Array;
  /** 1 for a point of a sparse circle, else 0. */
  readonly marked: Uint8Array;
}

/**
 * Returns panels of the true posterior of a data set and of networks trained on
 * its points: plain, with label smoothing, with instance-based smoothing by the
 * plain network, and trained on the posterior only.
 */
export function decisionPanels(
  spec: SyntheticSpec,
  dataset: number,
): DecisionPanel[] {
  const laboratory = openLaboratory(dataset, spec);
  const { layout, train: { points, labels, sparse } } = laboratory.data;
  const networks = trainNetworks(laboratory);
  const { centres, ...shape } = plane(points);
  const allLogits = [
    bayesLogits(layout, centres),
    ...laboratory.predictAt(networks, centres),
  ];
  return allLogits.map((logits, i) => ({
    title: TITLES[i],
    ...shape,
    probabilities: softmax(logits),
    points,
    labels,
    marked: sparse,
  }));
}

/** Returns the trained networks, in the order of their titles. */
function trainNetworks(laboratory: Laboratory): Network[] {
  const [plain] = trainPlans(laboratory, [
    { name: "panel", method: { name: "ce" } },
  ]);
  const teacher = teacherOf(laboratory, plain);
  const truth = bayesTeacher(laboratory);
  const others = trainPlans(laboratory, [
    { name: "panel", method: { name: "ls", epsilon: 0.09 } },
    { name: "panel", method: ILSQ, teacher },
    { name: "panel", method: { name: "mix", lambda: 1 }, teacher: truth },
  ]);
  return [plain, ...others].map(({ network }) => network);
}

/** Returns the cell centres of a grid over a rectangle around the points. */
function plane({ data, rows: n }: Points<Float32Array>) {
  const side = (axis: number): [number, number] => {
    const values = Array.from({ length: n }, (_, i) => data[2 * i + axis]);
    const middle = (Math.min(...values) + Math.max(...values)) / 2;
    const reach = (Math.max(...values) - Math.min(...values)) / 2;
    return [middle - reach - 0.3, middle + reach + 0.3];
  };
  const xDomain = side(0);
  const yDomain = side(1);
  const cell = (xDomain[1] - xDomain[0]) / COLUMNS;
  const rows = Math.max(1, Math.round((yDomain[1] - yDomain[0]) / cell));
  const height = (yDomain[1] - yDomain[0]) / rows;
  const centres = new Float32Array(2 * rows * COLUMNS);
  for (let at = 0; at < rows * COLUMNS; at++) {
    centres[2 * at] = xDomain[0] + (at % COLUMNS + 0.5) * cell;
    centres[2 * at + 1] = yDomain[0] +
      (Math.floor(at / COLUMNS) + 0.5) * height;
  }
  return {
    xDomain,
    yDomain,
    columns: COLUMNS,
    rows,
    centres: asPoints(matrix(centres, 2)),
  };
}
