import assert from "node:assert/strict";
import { confidenceHistogram } from "../../lib/plots/confidence_histogram.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { BINS, EVIL } from "./samples.ts";

figureTest(
  "confidenceHistogram() draws right above wrong answers",
  "confidence_histogram",
  () => confidenceHistogram(BINS, { title: EVIL }),
);

Deno.test("confidenceHistogram() counts right and wrong answers from the bins", () => {
  // Right: 0 + 1 + 2 + 3; the NaN of the empty bin counts as 0.
  const { svg } = quietly(() => confidenceHistogram(BINS));
  assert.match(svg, />right answers, n = 6</);
  assert.match(svg, />wrong answers, n = 4</);
});

Deno.test("confidenceHistogram() draws a model that is never wrong", () => {
  const sure = { low: 0, high: 1, count: 3, confidence: 1, accuracy: 1 };
  const { svg } = quietly(() => confidenceHistogram([sure]));
  assert.match(svg, />wrong answers, n = 0</);
  assert.doesNotMatch(svg, /NaN/);
});

Deno.test("confidenceHistogram() refuses bins without rows", () => {
  assert.throws(() => confidenceHistogram([BINS[0]]), {
    name: "BadInput",
    message: "Cannot draw a confidence histogram without rows",
  });
});
