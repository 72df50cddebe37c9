import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { jupyterDisplay } from "../../../lib/jupyter_display.ts";
import { panels, render } from "../../../lib/plots/parts/render.ts";
import { checkWellFormed, figureTest, quietly } from "../figure_check.ts";
import { EVIL } from "../samples.ts";

const bars = (title: string) =>
  render(
    {
      width: 120,
      height: 90,
      marks: [Plot.barY([1, 2]), Plot.text([EVIL], { title: () => EVIL })],
    },
    { title, caption: "What it shows", ariaLabel: title },
  );

figureTest(
  "panels() keeps the titles of its figures",
  "panels",
  () =>
    panels([bars("one"), bars("two"), bars(EVIL)], 2, {
      title: "Three figures",
      caption: `A caption of ${"many words ".repeat(12)}`,
    }),
);

Deno.test("panels() leaves no space next to figures with short titles", () => {
  const [width, gap] = [120, 18];
  const { drawing } = quietly(() =>
    panels([bars("a"), bars("b"), bars("c")], 3)
  );
  assert.equal(drawing.width, 3 * width + 2 * gap);
});

Deno.test("a figure is displayed in a notebook through its display symbol", () => {
  const figure = quietly(() => bars("one"));
  assert.equal(jupyterDisplay, Symbol.for("Jupyter.display"));
  assert.deepEqual(figure[jupyterDisplay](), {
    "image/svg+xml": figure.svg,
    "text/plain": "one",
  });
});

Deno.test("render() is deterministic", () => {
  assert.equal(bars("one").svg, bars("one").svg);
});

Deno.test("render() escapes names from data wherever it prints them", () => {
  const { svg } = quietly(() => bars(EVIL));
  checkWellFormed(svg);
  assert.doesNotMatch(svg, /<script/);
  const escaped =
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'co'";
  // As accessible name, title, text of a mark and tooltip.
  assert.equal(svg.split(escaped).length - 1, 4);
  assert.ok(svg.includes(`aria-label="${escaped}"`));
});

Deno.test("render() replaces characters that XML does not allow", () => {
  const { svg } = quietly(() => bars("a\u0000b\ud800c\u{1f600}"));
  assert.ok(svg.includes("a\ufffdb\ufffdc\u{1f600}"));
});
