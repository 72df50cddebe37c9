import assert from "node:assert/strict";
import { methodComparison } from "../../lib/plots/method_comparison.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

figureTest(
  "methodComparison() draws scaled values below the others",
  "method_comparison",
  () =>
    methodComparison([
      { method: "ce", values: [0.05, 0.06, 0.07], scaled: [0.01, 0.02, 0.01] },
      { method: "ils", values: [0.02, 0.025, 0.03] },
      { method: "own", label: EVIL, values: [0.04] },
    ], { metric: "ECE, %", factor: 100, better: "lower", title: "ECE" }),
);

Deno.test("methodComparison() prints mean and sample standard deviation", () => {
  const { svg, ariaLabel } = quietly(() =>
    methodComparison([
      { method: "ce", values: [1, 2, 3] },
      { method: "ls", values: [5] },
    ], { metric: "loss", digits: 1 })
  );
  assert.match(svg, />2\.0 ± 1\.0</);
  // A single seed has no standard deviation.
  assert.match(svg, />5\.0</);
  assert.equal(ariaLabel, "loss by method: CE 2.0 ± 1.0; LS 5.0");
});

Deno.test("methodComparison() refuses methods without finite values", () => {
  const metric = "ECE";
  assert.throws(() => methodComparison([], { metric }), {
    name: "BadInput",
    message: "Cannot compare ECE as each method must have finite values: " +
      "there is no method",
  });
  assert.throws(
    () => methodComparison([{ method: "ls", values: [NaN] }], { metric }),
    { message: /: LS has none$/ },
  );
});
