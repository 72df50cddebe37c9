import assert from "node:assert/strict";
import { pointScatter } from "../../lib/plots/point_scatter.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

const POINTS = [
  { method: "ce", x: 88, y: 5 },
  { method: "ce", x: 88.4, y: 6 },
  { method: "own", label: EVIL, x: 89, y: 2 },
];

figureTest(
  "pointScatter() names each method once",
  "point_scatter",
  () => pointScatter(POINTS, { x: "accuracy, %", y: "ECE, %", title: EVIL }),
);

Deno.test("pointScatter() draws the diagonal from corner to corner", () => {
  const { svg } = quietly(() =>
    pointScatter(POINTS, { x: "teacher", y: "student", diagonal: true })
  );
  const line = svg.match(/data-mark="line"[^>]*>.*? d="M([^"]*)"/)![1];
  // The corners of the frame: 460 by 400 minus the margins.
  assert.equal(line, "66,354L440,20");
});

Deno.test("pointScatter() refuses an empty plot and points that are not finite", () => {
  const message = "Cannot draw b against a as every point must be finite, " +
    "and there must be one";
  const axes = { x: "a", y: "b" };
  assert.throws(() => pointScatter([], axes), { name: "BadInput", message });
  assert.throws(() => pointScatter([{ method: "ce", x: 1, y: NaN }], axes), {
    message,
  });
});
