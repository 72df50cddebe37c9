import assert from "node:assert/strict";
import { slopeChart, type SlopeSeries } from "../../lib/plots/slope_chart.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { checkTextInside, overlaps, placedTexts } from "./placed_shapes.ts";
import { EVIL } from "./samples.ts";

const SIDES = ["teacher", "student"] as const;
const OPTIONS = { sides: SIDES, score: "accuracy, %" };

const SERIES: SlopeSeries[] = [
  { method: "ce", pairs: [[82, 80], [83, 81]] },
  { method: "ls", pairs: [[84, 79], [84.5, 80.5]] },
  { method: "own", label: EVIL, pairs: [[84.2, 82.2]] },
];

figureTest(
  "slopeChart() joins the means of each method, with thin lines per seed",
  "slope_chart",
  () => slopeChart(SERIES, { ...OPTIONS, title: EVIL, caption: "Two seeds" }),
);

Deno.test("slopeChart() names each method with both means", () => {
  const { ariaLabel } = quietly(() => slopeChart(SERIES.slice(0, 2), OPTIONS));
  assert.equal(
    ariaLabel,
    "accuracy, %, teacher → student. CE: 82.5 → 80.5; LS: 84.3 → 79.8",
  );
});

Deno.test("slopeChart() draws one thin line per seed, or none", () => {
  const thin = (seeds: boolean) =>
    quietly(() => slopeChart(SERIES.slice(0, 2), { ...OPTIONS, seeds })).svg
      .matchAll(/<g[^>]*stroke-opacity="0.35"[^>]*>(.*?)<\/g>/g)
      .map(([, lines]) => lines.match(/<path/g)!.length).toArray();
  assert.deepEqual(thin(true), [2, 2]);
  assert.deepEqual(thin(false), []);
});

Deno.test("slopeChart() keeps labels of equal ends apart and inside the figure", () => {
  const equal = ["ce", "ls", "ils", "ilsq", "mix", "cls"].map((method) => (
    { method, pairs: [[84, 80], [85, 81]] as const }
  ));
  const { svg } = quietly(() => slopeChart(equal, OPTIONS));
  checkTextInside(svg);
  const labels = placedTexts(svg).filter(({ text }) => text.includes("→"));
  assert.equal(labels.length, 6);
  assert.deepEqual(overlaps(labels), []);
});

Deno.test("slopeChart() refuses methods without finite pairs", () => {
  const failure =
    "Cannot draw accuracy, % on two sides as each method must have finite pairs: ";
  assert.throws(() => slopeChart([], OPTIONS), {
    name: "BadInput",
    message: `${failure}there is no method`,
  });
  for (const pairs of [[], [[84, NaN]]] as SlopeSeries["pairs"][]) {
    assert.throws(() => slopeChart([{ method: "ls", pairs }], OPTIONS), {
      message: `${failure}LS has none`,
    });
  }
});
