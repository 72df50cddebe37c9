import assert from "node:assert/strict";
import { reliability } from "../../../../lib/calibration/bins.ts";
import { probabilitiesOf } from "../../../../lib/logits/mod.ts";
import { reliabilityDiagram } from "../../../../lib/plots/reliability_diagram.ts";
import { figureHtml } from "../../../../lib/reports/pages/index/figure_html.ts";
import { panelBoxes } from "../../../../lib/reports/pages/index/figure_panels.ts";

const BINS = reliability(
  probabilitiesOf([[0.6, 0.4], [0.7, 0.3], [0.9, 0.1]]),
  Int32Array.of(0, 1, 0),
  10,
);

const diagram = (names: readonly string[]) =>
  reliabilityDiagram(
    names.map((label) => ({ method: label, label, bins: BINS, ece: 0.1 })),
    { title: "Reliability", caption: "Ten bins.", columns: 2 },
  );

Deno.test("panelBoxes() finds the head, each plot and the foot, which tile the figure", () => {
  const { svg } = diagram(["one", "two", "three"]);
  const boxes = panelBoxes(svg);
  assert.deepEqual(boxes.map(({ title }) => title), [
    "Reliability",
    "one",
    "two",
    "three",
    "Ten bins.",
  ]);
  const [head, one, two, three, foot] = boxes;
  assert.equal(head.y + head.height, one.y);
  assert.equal(one.x + one.width, two.x);
  assert.deepEqual([one.y, one.x], [two.y, three.x]);
  assert.equal(one.y + one.height, three.y);
  assert.equal(three.y + three.height, foot.y);
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
  assert.equal(two.x + two.width, Number(width));
  assert.equal(foot.y + foot.height, Number(height));
});

Deno.test("panelBoxes() leaves a single plot and its legend whole", () => {
  assert.deepEqual(panelBoxes(diagram(["one"]).svg), []);
});

Deno.test("figureHtml() adds a view of each part, in the same colours", () => {
  const { svg } = diagram(["one", "two"]);
  const html = figureHtml(
    { svg, name: "04-reliability", path: "figures/04-reliability.svg" },
    "bars",
  );
  const uses = [...html.matchAll(/<use href="#([^"]*)"\/>/g)].map((m) => m[1]);
  assert.deepEqual(uses, Array(4).fill("figure-04-reliability"));
  assert.match(html, /<g id="figure-04-reliability">/);
  const styles = html.match(/ style="--c[^"]*"/g)!;
  assert.equal(new Set(styles).size, 1);
  assert.match(html, /<figcaption>Bars <a class="enlarge" href="figures\//);
});

Deno.test("figureHtml() puts minus signs into figures and drops labels of groups", () => {
  const svg = '<svg width="90" style="a:b" aria-label="Axis from -1">' +
    '<g fill="#222222" aria-label="y-axis tick"><text>-0.5</text></g></svg>';
  const html = figureHtml({ svg }, "A figure");
  assert.match(html, /<text>−0\.5<\/text>/);
  assert.match(html, /aria-label="Axis from -1"/);
  assert.doesNotMatch(html, /tick/);
});
