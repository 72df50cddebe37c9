import assert from "node:assert/strict";
import { matrixOf } from "../../lib/matrix.ts";
import {
  pointsOf,
  type Probabilities,
  probabilitiesOf,
} from "../../lib/matrix_kinds.ts";
import {
  type DecisionRegion,
  decisionRegions,
} from "../../lib/plots/decision_regions.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

const classNames = ["left", "right", EVIL];

/** Three by two cells, with a dot and a ring. */
const REGION: DecisionRegion = {
  title: "Model",
  xDomain: [-3, 3],
  yDomain: [0, 4],
  columns: 3,
  rows: 2,
  probabilities: probabilitiesOf([
    [1, 0, 0],
    [0.4, 0.3, 0.3],
    [0.1, 0.8, 0.1],
    [0.6, 0.2, 0.2],
    [0.2, 0.3, 0.5],
    [0, 1, 0],
  ]),
  points: pointsOf([[-2, 1], [2, 3]]),
  labels: Int32Array.of(0, 1),
  marked: Uint8Array.of(0, 1),
};

figureTest(
  "decisionRegions() draws dots and rings over each model's classes",
  "decision_regions",
  () =>
    decisionRegions([REGION, { ...REGION, title: EVIL }], {
      classNames,
      axes: ["x1", EVIL],
      pointNames: ["dense", "sparse"],
      title: "Regions",
    }),
);

function circles(region: DecisionRegion): number {
  const { svg } = quietly(() => decisionRegions([region], { classNames }));
  return svg.match(/<circle/g)?.length ?? 0;
}

Deno.test("decisionRegions() draws both directions on the same scale", () => {
  const { svg } = quietly(() => decisionRegions([REGION], { classNames }));
  const [image] = svg.match(/<image [^>]*>/)!;
  const size = (name: string) =>
    Number(image.match(` ${name}="([0-9.]+)"`)![1]);
  // Six units along x and four along y, to a pixel.
  assert.ok(Math.abs(size("height") / size("width") - 4 / 6) < 0.005);
});

Deno.test("decisionRegions() omits points outside the rectangle", () => {
  // A ring is two circles.
  assert.equal(circles(REGION), 3);
  const points = pointsOf([[-2, 1], [2, 4.1]]);
  assert.equal(circles({ ...REGION, points }), 1);
});

Deno.test("decisionRegions() draws regions without points", () => {
  const { points: _, labels: __, marked: ___, ...bare } = REGION;
  assert.equal(circles(bare), 0);
});

Deno.test("decisionRegions() refuses shapes, probabilities and labels that do not match", () => {
  const draw = (change: Partial<DecisionRegion>) => () =>
    decisionRegions([{ ...REGION, ...change }], { classNames });
  assert.throws(() => decisionRegions([], { classNames }), {
    name: "BadInput",
    message: "Cannot draw decision regions without a model",
  });
  const as = "Cannot draw decision regions of Model as ";
  assert.throws(draw({ columns: 2 }), {
    message: as + "2 x 2 cells need [4, 3] probabilities: [6, 3]",
  });
  assert.throws(draw({ yDomain: [1, 1] }), {
    message: as + "a domain must increase: 1 to 1",
  });
  const logits = matrixOf(
    Array.from({ length: 6 }, () => [0, 2, -1]),
  ) as Probabilities;
  assert.throws(draw({ probabilities: logits }), {
    message: as + "probabilities must be in [0, 1]: current value is 2",
  });
  assert.throws(draw({ labels: Int32Array.of(0) }), {
    message: as + "each point must have 2 numbers and a label",
  });
  assert.throws(draw({ labels: Int32Array.of(0, 3) }), {
    message: as + "labels must be in [0, 2]: current value is 3",
  });
});
