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
  "heatMap() prints every value and frames the chosen cell",
  "heat_map",
  () =>
    heatMap([[0.31, 0.32, 0.4], [0.29, NaN, 0.35]], {
      ...options,
      chosen: { row: 1, column: 0 },
      title: "Choice",
    }),
);

Deno.test("heatMap() leaves a cell without a finite value empty", () => {
  const { svg } = quietly(() =>
    heatMap([[0.31, 0.32, 0.4], [0.29, NaN, 0.35]], options)
  );
  const printed = [...svg.matchAll(/>(\d\.\d{3})</g)].map((match) => match[1]);
  assert.deepEqual(printed, ["0.310", "0.320", "0.400", "0.290", "0.350"]);
});

Deno.test("heatMap() draws a grid of equal values", () => {
  const { svg } = quietly(() => heatMap([[1, 1, 1], [1, 1, 1]], options));
  assert.doesNotMatch(svg, /NaN/);
});

/** Colours of the cells, in rows. */
function fills(values: number[][], range?: readonly [number, number]) {
  const { svg } = quietly(() =>
    heatMap(values, { ...options, ...(range ? { range } : {}) })
  );
  const cells = svg.match(/data-mark="cell">(.*?)<\/g>/)![1];
  return [...cells.matchAll(/fill="([^"]*)"/g)].map((match) => match[1]);
}

Deno.test("heatMap() gives equal values the same colour in maps that share a range", () => {
  const small = [[1, 2, 3], [1, 2, 3]];
  const large = [[3, 4, 5], [3, 4, 5]];
  assert.equal(fills(small, [1, 5])[2], fills(large, [1, 5])[0]);
  assert.notEqual(fills(small)[2], fills(large)[0]);
});

Deno.test("heatMap() clamps the colours of values outside its range", () => {
  const [below, low, , high, above] = fills(
    [[0, 1, 1.5], [2, 9, 1.5]],
    [1, 2],
  );
  assert.deepEqual([below, above], [low, high]);
});

Deno.test("heatMap() refuses values whose shape does not match its names", () => {
  assert.throws(() => heatMap([[1, 2, 3]], options), {
    name: "BadInput",
    message: "Cannot draw a heat map as its values must be 2 rows of 3",
  });
});
