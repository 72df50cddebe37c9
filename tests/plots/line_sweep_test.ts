import assert from "node:assert/strict";
import { lineSweep, type SweepSeries } from "../../lib/plots/line_sweep.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

/** A valley with its minimum at x = `best`. */
function valley(method: string, best: number, label?: string): SweepSeries {
  const points = [4, 0.5, 1, 2].map((x) => ({
    x,
    y: 1 + Math.log2(x / best) ** 2,
  }));
  return { method, points, ...(label ? { label } : {}) };
}

const x = { label: "temperature", scale: "log" } as const;
const y = { label: "log loss, nats" };

figureTest(
  "lineSweep() marks the best point of each line",
  "line_sweep",
  () =>
    lineSweep([valley("ce", 2), valley("own", 1, EVIL)], {
      x,
      y: { ...y, scale: "log" },
      title: "Temperature",
    }),
);

/** The same points with intervals from 0.5 below to 1 above. */
function withIntervals({ points, ...series }: SweepSeries): SweepSeries {
  const bounded = points.map(({ x, y }) => (
    { x, y, low: y - 0.5, high: y + 1 }
  ));
  return { ...series, points: bounded };
}

figureTest(
  "lineSweep() draws intervals as a band or as bars, and a dashed reference",
  "line_sweep_intervals",
  () =>
    lineSweep([
      withIntervals(valley("ours", 1)),
      { ...withIntervals(valley("published", 2)), style: "dots" },
      { ...valley("ilsq", 1.5, "formula"), style: "dashed" },
    ], { x, y, mark: "none", caption: "Three styles" }),
);

/** Counts the shapes of one kind of mark. */
function marks(svg: string, label: string): number {
  const groups = [
    ...svg.matchAll(RegExp(`data-mark="${label}"(.*?)</g>`, "g")),
  ];
  return groups.map(([, content]) => content.match(/<(path|circle|line)/g))
    .reduce((sum, found) => sum + (found?.length ?? 0), 0);
}

Deno.test("lineSweep() does not join dots", () => {
  const drawn = (style: "line" | "dots") => {
    const series = { ...valley("ce", 2), style };
    const { svg } = quietly(() => lineSweep([series], { x, y, mark: "none" }));
    return { lines: marks(svg, "line"), dots: marks(svg, "dot") };
  };
  assert.deepEqual(drawn("line"), { lines: 1, dots: 4 });
  assert.deepEqual(drawn("dots"), { lines: 0, dots: 4 });
});

Deno.test("lineSweep() extends its axis to all intervals", () => {
  const top = (series: SweepSeries) => {
    const { svg } = quietly(() => lineSweep([series], { x, y, mark: "none" }));
    const ticks = svg.match(/data-mark="y-axis tick label">(.*?)<\/g>/)![1];
    return Math.max(
      ...[...ticks.matchAll(/>([\d.]+)</g)].map((match) => Number(match[1])),
    );
  };
  const series = valley("ce", 1);
  assert.equal(top(series), 5);
  assert.equal(top(withIntervals(series)), 6);
});

Deno.test("lineSweep() gives the position of the minimum or maximum", () => {
  const named = (mark: "minimum" | "maximum" | "none") =>
    quietly(() => lineSweep([valley("ce", 2)], { x, y, mark })).ariaLabel;
  assert.match(named("minimum"), /CE: minimum at 2\.00$/);
  assert.match(named("maximum"), /CE: maximum at 0\.50$/);
  assert.match(named("none"), /CE$/);
});

Deno.test("lineSweep() sorts the points by x", () => {
  const { svg } = quietly(() => lineSweep([valley("ce", 2)], { x, y }));
  const line = svg.match(/data-mark="line"[^>]*>.*? d="M([^"]*)"/)![1];
  const across = line.split("L").map((point) => parseFloat(point));
  assert.equal(across.length, 4);
  assert.deepEqual(across, across.toSorted((a, b) => a - b));
});

Deno.test("lineSweep() refuses an empty plot and zero on a log scale", () => {
  assert.throws(() => lineSweep([], { x, y }), {
    name: "BadInput",
    message: "Cannot draw a sweep without a finite point",
  });
  const series = [{ method: "ce", points: [{ x: 0, y: 1 }] }];
  assert.throws(() => lineSweep(series, { x, y }), {
    message: "Cannot draw a sweep as temperature on a log scale must be " +
      "above 0: smallest value is 0",
  });
  const reaching = [{
    method: "ce",
    points: [{ x: 1, y: 1, low: -1, high: 2 }],
  }];
  const logarithmic = { x, y: { ...y, scale: "log" as const } };
  assert.throws(() => lineSweep(reaching, logarithmic), {
    message: "Cannot draw a sweep as log loss, nats on a log scale must be " +
      "above 0: smallest value is -1",
  });
});
