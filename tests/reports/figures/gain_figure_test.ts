import assert from "node:assert/strict";
import { gainFigure } from "../../../lib/reports/figures/gain_figure.ts";
import { GAIN } from "../tables/regime_samples.ts";

Deno.test("gainFigure() shows the gains over one rival in one score, in its unit", () => {
  const gains = [
    { ...GAIN, score: "accuracy", gain: 0.02, low: 0.01, high: 0.03 },
    { ...GAIN, score: "accuracy", method: "mix", noise: "none" },
    { ...GAIN, score: "accuracy", rival: "ce", method: "cls" },
    { ...GAIN, method: "ils" },
  ] as const;
  const { svg } = gainFigure(gains, { rival: "ls", score: "accuracy" });
  assert.match(
    svg,
    /aria-label="gain over ls in accuracy, percentage points against mean fitted temperature of plain training\. ILS quadratic: 1 better, 0 worse, 0 undecided; Mixture: 0 better, 0 worse, 1 undecided"/,
  );
  assert.match(svg, />clean labels</);
  assert.match(svg, />20 % even label noise</);
});
