import assert from "node:assert/strict";
import {
  type OverlaidBin,
  reliabilityOverlay,
} from "../../lib/plots/reliability_overlay.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { BINS, EVIL } from "./samples.ts";

const FILLED: OverlaidBin[] = BINS.filter(({ count }) => count > 0)
  .map((bin) => ({
    ...bin,
    accuracyLow: Math.max(0, bin.accuracy - 0.2),
    accuracyHigh: Math.min(1, bin.accuracy + 0.2),
  }));
/** Without the bin from 0.4 to 0.6, nor bands. */
const BROKEN = FILLED.filter(({ low }) => low !== 0.4)
  .map((bin) => ({ ...bin, accuracyLow: null, accuracyHigh: null }));

figureTest(
  "reliabilityOverlay() draws all models in one chart",
  "reliability_overlay",
  () =>
    reliabilityOverlay([
      { label: "first", bins: FILLED },
      { label: EVIL, bins: BROKEN },
    ], { title: EVIL }),
);

/** The contents of the groups with an `data-mark`, in order. */
function groups(svg: string, name: string): string[] {
  const group = new RegExp(`<g[^>]*data-mark="${name}"[^>]*>(.*?)</g>`, "gs");
  return [...svg.matchAll(group)].map((match) => match[1]);
}

Deno.test("reliabilityOverlay() breaks lines and bands at empty bins", () => {
  const { svg } = quietly(() =>
    reliabilityOverlay([{ label: "a", bins: FILLED }])
  );
  // The diagonal, and the only run of bins.
  assert.equal(groups(svg, "line").length, 2);
  assert.equal(groups(svg, "area").length, 1);
  const banded = FILLED.filter(({ low }) => low !== 0.4);
  const { svg: broken } = quietly(() =>
    reliabilityOverlay([{ label: "a", bins: banded }])
  );
  assert.equal(groups(broken, "line").length, 3);
  assert.equal(groups(broken, "area").length, 2);
});

Deno.test("reliabilityOverlay() has no bands without their ends", () => {
  const { svg } = quietly(() =>
    reliabilityOverlay([{ label: "a", bins: BROKEN }])
  );
  assert.equal(groups(svg, "area").length, 0);
});

Deno.test("reliabilityOverlay() draws only the ends of many models' bands", () => {
  const models = ["a", "b", "c", "d", "e"].map((label) => (
    { label, bins: FILLED }
  ));
  const { svg } = quietly(() => reliabilityOverlay(models));
  assert.equal(groups(svg, "area").length, 0);
  // One group of bars per model, and the axes of both charts.
  const bars = groups(svg, "rule").filter((marks) =>
    marks.match(/<line/g)?.length === FILLED.length
  );
  assert.equal(bars.length, models.length);
});

Deno.test("reliabilityOverlay() prints the counts of a single model", () => {
  const printed = (labels: string[]) => {
    const { svg } = quietly(() =>
      reliabilityOverlay(labels.map((label) => ({ label, bins: FILLED })))
    );
    const numbers = groups(svg, "text").at(-1) ?? "";
    return [...numbers.matchAll(/rotate\(-90\)[^>]*>(\d+)</g)]
      .map((match) => match[1]);
  };
  assert.deepEqual(printed(["a"]), ["1", "2", "3", "4"]);
  assert.deepEqual(printed(["a", "b"]), []);
});

Deno.test("reliabilityOverlay() refuses models without bins", () => {
  for (const models of [[], [{ label: "a", bins: [] }]]) {
    assert.throws(() => reliabilityOverlay(models), {
      name: "BadInput",
      message: "Cannot draw a reliability diagram without bins",
    });
  }
});
