import assert from "node:assert/strict";
import { riskCoverageCurves } from "../../lib/plots/risk_coverage_curves.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

/** A curve at coverages 1/3, 2/3 and 1. */
const curve = (...risks: readonly number[]) =>
  risks.map((risk, i) => ({ coverage: (i + 1) / 3, risk }));

figureTest(
  "riskCoverageCurves() draws one line per method and a band over its seeds",
  "risk_coverage_curves",
  () =>
    riskCoverageCurves([
      { method: "ce", curves: [curve(0, 0.02, 0.1), curve(0.02, 0.04, 0.14)] },
      { method: "own", label: EVIL, curves: [curve(0.03, 0.05, 0.11)] },
    ], { title: "Rejection" }),
);

/** The y of the points of each path of a mark, in pixels. */
function heights(svg: string, mark: "line" | "area"): number[][] {
  const paths = svg.matchAll(
    RegExp(`data-mark="${mark}"[^>]*>.*? d="M([^"Z]*)`, "g"),
  );
  return [...paths].map(([, path]) =>
    path.split("L").map((point) => parseFloat(point.split(",")[1]))
  );
}

Deno.test("riskCoverageCurves() draws the mean, and one standard error around it", () => {
  // The risks 0.02 and 0.06 have the mean 0.04 and the standard error 0.02.
  const curves = [curve(0.02, 0.02, 0.02), curve(0.06, 0.06, 0.06)];
  const { svg } = quietly(() =>
    riskCoverageCurves([
      { method: "ce", curves },
      { method: "ls", curves: [curve(0.02, 0.04, 0.06)] },
    ])
  );
  const [line, [low, middle, high]] = heights(svg, "line");
  assert.deepEqual(line, [middle, middle, middle]);
  assert.deepEqual(heights(svg, "area"), [[high, high, high, low, low, low]]);
});

Deno.test("riskCoverageCurves() has no band for a single seed", () => {
  const { svg } = quietly(() =>
    riskCoverageCurves([{ method: "ce", curves: [curve(0, 0.1, 0.2)] }])
  );
  assert.doesNotMatch(svg, /data-mark="area"/);
  assert.match(svg, /data-mark="line"/);
});

Deno.test("riskCoverageCurves() refuses methods without points and mixed coverages", () => {
  const message =
    "Cannot draw risk against coverage as every method needs a point: CE has none";
  for (const curves of [[], [[]]]) {
    assert.throws(() => riskCoverageCurves([{ method: "ce", curves }]), {
      name: "BadInput",
      message,
    });
  }
  const curves = [curve(0, 0.1, 0.2), curve(0, 0.1)];
  assert.throws(() => riskCoverageCurves([{ method: "ls", curves }]), {
    message:
      "Cannot draw risk against coverage as the curves of a method must " +
      "have the same coverages: those of LS differ",
  });
});
