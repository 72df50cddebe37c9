import assert from "node:assert/strict";
import { reliabilityDiagram } from "../../lib/plots/reliability_diagram.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { BINS, EVIL } from "./samples.ts";

figureTest(
  "reliabilityDiagram() draws each method in a separate panel",
  "reliability_diagram",
  () =>
    reliabilityDiagram([
      { method: "ce", bins: BINS, ece: 0.11 },
      { method: "ils", bins: BINS, ece: 0.0123, label: EVIL },
    ], { title: EVIL, caption: EVIL }),
);

/** The contents of the groups with an `data-mark`, in order. */
function groups(svg: string, name: string): string[] {
  const group = new RegExp(`<g[^>]*data-mark="${name}"[^>]*>(.*?)</g>`, "g");
  return [...svg.matchAll(group)].map((match) => match[1]);
}

Deno.test("reliabilityDiagram() leaves empty bins empty and prints the counts of others", () => {
  const { svg } = quietly(() =>
    reliabilityDiagram([{ method: "ce", bins: BINS, ece: 0.11 }])
  );
  const [bars, gaps, counts] = groups(svg, "rect");
  for (const shapes of [bars, gaps, counts]) {
    assert.equal(shapes.match(/<rect/g)?.length, 4);
  }
  const numbers = groups(svg, "text").at(-1)!;
  const printed = [...numbers.matchAll(/>(\d+)</g)].map((match) => match[1]);
  assert.deepEqual(printed, ["1", "2", "3", "4"]);
});

Deno.test("reliabilityDiagram() prints ECE and the numbers of bins and rows", () => {
  const { svg, ariaLabel } = quietly(() =>
    reliabilityDiagram([{ method: "ce", bins: BINS, ece: 0.11 }])
  );
  assert.match(svg, />ECE 11\.00 %, 5 bins, n = 10</);
  assert.match(ariaLabel, /CE: ECE 11\.00 % over 5 bins/);
});

Deno.test("reliabilityDiagram() draws the gap from accuracy to confidence", () => {
  const bin = { low: 0.5, high: 1, count: 8, confidence: 0.9, accuracy: 0.4 };
  const heights = (bins: typeof bin[]) => {
    const { svg } = quietly(() =>
      reliabilityDiagram([{ method: "ce", bins, ece: 0.5 }])
    );
    return groups(svg, "rect").slice(0, 2).map((shapes) =>
      Number(shapes.match(/height="([\d.]+)"/)![1])
    );
  };
  // 0.4 and 0.5 of an axis of 234 pixels: 250 minus two margins of 8.
  assert.deepEqual(heights([bin]), [93.6, 117]);
  const timid = { ...bin, confidence: 0.4, accuracy: 0.9 };
  assert.deepEqual(heights([timid]), [93.6, 117]);
});

Deno.test("reliabilityDiagram() refuses an empty list of bins", () => {
  assert.throws(() => reliabilityDiagram([]), {
    name: "BadInput",
    message: "Cannot draw a reliability diagram without bins",
  });
});
