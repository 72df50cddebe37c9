import assert from "node:assert/strict";
import { lineSweep, type SweepSeries } from "../../lib/plots/line_sweep.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

/** A valley with its floor at x = `best`. */
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
  "lineSweep() rings the best point of each line",
  "line_sweep",
  () =>
    lineSweep([valley("ce", 2), valley("own", 1, EVIL)], {
      x,
      y: { ...y, scale: "log" },
      title: "Temperature",
    }),
);

Deno.test("lineSweep() says where the minimum, or the maximum, lies", () => {
  const named = (mark: "minimum" | "maximum" | "none") =>
    quietly(() => lineSweep([valley("ce", 2)], { x, y, mark })).ariaLabel;
  assert.match(named("minimum"), /CE: minimum at 2\.00$/);
  assert.match(named("maximum"), /CE: maximum at 0\.50$/);
  assert.match(named("none"), /CE$/);
});

Deno.test("lineSweep() goes from the left to the right in any order", () => {
  const { svg } = quietly(() => lineSweep([valley("ce", 2)], { x, y }));
  const line = svg.match(/aria-label="line"[^>]*>.*? d="M([^"]*)"/)![1];
  const across = line.split("L").map((point) => parseFloat(point));
  assert.equal(across.length, 4);
  assert.deepEqual(across, across.toSorted((a, b) => a - b));
});

Deno.test("lineSweep() refuses nothing to draw, and a log of zero", () => {
  assert.throws(() => lineSweep([], { x, y }), {
    name: "BadInput",
    message: "Cannot draw a sweep without a finite point",
  });
  const series = [{ method: "ce", points: [{ x: 0, y: 1 }] }];
  assert.throws(() => lineSweep(series, { x, y }), {
    message: "Cannot draw a sweep as temperature on a log scale must be " +
      "above 0: smallest value is 0",
  });
});
