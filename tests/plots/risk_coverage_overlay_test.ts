import assert from "node:assert/strict";
import { riskCoverageOverlay } from "../../lib/plots/risk_coverage_overlay.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

/** Ten points up to a risk. */
const curve = (risk: number) =>
  Array.from({ length: 10 }, (_, i) => (
    { coverage: (i + 1) / 10, risk: risk * ((i + 1) / 10) ** 2 }
  ));

figureTest(
  "riskCoverageOverlay() draws all models in one chart",
  "risk_coverage_overlay",
  () =>
    riskCoverageOverlay([
      { label: "first", points: curve(0.08) },
      { label: EVIL, points: curve(0.1) },
    ], { title: EVIL }),
);

Deno.test("riskCoverageOverlay() has an axis for a model without errors", () => {
  const { svg } = quietly(() =>
    riskCoverageOverlay([{ label: "perfect", points: curve(0) }])
  );
  assert.match(svg, /errors among them, %/);
  assert.doesNotMatch(svg, /NaN/);
});

Deno.test("riskCoverageOverlay() refuses models without points", () => {
  for (const models of [[], [{ label: "a", points: [] }]]) {
    assert.throws(() => riskCoverageOverlay(models), {
      name: "BadInput",
      message: "Cannot draw risk against coverage without points",
    });
  }
});
