import assert from "node:assert/strict";
import { heatMap } from "../../lib/plots/heat_map.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

const options = {
  metric: "log loss",
  rows: { label: "epsilon", names: ["0.1", EVIL] },
  columns: { label: "temperature", names: ["1", "2", EVIL] },
};

figureTest(
  "heatMap() prints every number and frames the chosen cell",
  "heat_map",
  () =>
    heatMap([[0.31, 0.32, 0.4], [0.29, NaN, 0.35]], {
      ...options,
      chosen: { row: 1, column: 0 },
      title: "Choice",
    }),
);

Deno.test("heatMap() leaves a cell without a number empty", () => {
  const { svg } = quietly(() =>
    heatMap([[0.31, 0.32, 0.4], [0.29, NaN, 0.35]], options)
  );
  const printed = [...svg.matchAll(/>(\d\.\d{3})</g)].map((match) => match[1]);
  assert.deepEqual(printed, ["0.310", "0.320", "0.400", "0.290", "0.350"]);
});

Deno.test("heatMap() draws a grid of equal numbers", () => {
  const { svg } = quietly(() => heatMap([[1, 1, 1], [1, 1, 1]], options));
  assert.doesNotMatch(svg, /NaN/);
});

Deno.test("heatMap() refuses values of another shape than its names", () => {
  assert.throws(() => heatMap([[1, 2, 3]], options), {
    name: "BadInput",
    message: "Cannot draw a heat map as its values must be 2 rows of 3",
  });
});
