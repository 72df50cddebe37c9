import assert from "node:assert/strict";
import { type ForestGroup, forestPlot } from "../../lib/plots/forest_plot.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { checkTextInside } from "./placed_shapes.ts";
import { EVIL } from "./samples.ts";

const GROUPS: ForestGroup[] = [
  {
    title: "minus plain training",
    rows: [
      { method: "ls", mean: -0.018, low: -0.039, high: 0.004 },
      { method: "ils", mean: -0.029, low: -0.046, high: -0.012 },
    ],
  },
  {
    title: EVIL,
    rows: [{ method: "own", label: EVIL, mean: 0.01, low: 0.002, high: 0.02 }],
  },
];
const OPTIONS = { metric: "log loss" };

figureTest(
  "forestPlot() draws each difference with its interval and shades the better side",
  "forest_plot",
  () => forestPlot(GROUPS, { ...OPTIONS, better: "lower", title: EVIL }),
);

Deno.test("forestPlot() fills the dots of decided differences only", () => {
  const { svg } = quietly(() => forestPlot(GROUPS.slice(0, 1), OPTIONS));
  const dots = [...svg.matchAll(/<circle [^>]*r="5"[^>]*\/>/g)]
    .map(([dot]) => /fill="([^"]*)"/.exec(dot)![1]);
  assert.deepEqual(dots, ["#ffffff", "#0072b2"]);
  checkTextInside(svg);
});

Deno.test("forestPlot() describes all differences with minus signs", () => {
  const { ariaLabel } = quietly(() =>
    forestPlot(GROUPS.slice(0, 1), { ...OPTIONS, digits: 2 })
  );
  assert.equal(
    ariaLabel,
    "log loss, differences with 95 % intervals. minus plain training: " +
      "LS −0.02 (−0.04 to 0.00), ILS −0.03 (−0.05 to −0.01)",
  );
});

Deno.test("forestPlot() refuses no rows, and rows that are not finite", () => {
  const failure =
    "Cannot draw differences in log loss as each must be finite: ";
  assert.throws(() => forestPlot([], OPTIONS), {
    name: "BadInput",
    message: `${failure}there is none`,
  });
  const rows = [{ method: "ls", mean: NaN, low: 0, high: 1 }];
  assert.throws(() => forestPlot([{ title: "", rows }], OPTIONS), {
    message: `${failure}LS is not`,
  });
});
