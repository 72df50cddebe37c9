import assert from "node:assert/strict";
import { classSpread } from "../../lib/embedding/class_spread.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";

const points = pointsOf([[0, 0], [2, 0], [10, 0], [12, 0]]);

Deno.test("classSpread() is the within-class share of all squared deviation", () => {
  // Centres 1 and 11: deviations of 1. Overall centre 6: deviations 6, 4, 4, 6.
  const expected = (1 + 1 + 1 + 1) / (36 + 16 + 16 + 36);
  assert.equal(classSpread(points, Int32Array.of(0, 0, 1, 1)), expected);
});

Deno.test("classSpread() is 0 for classes of one point and 1 for one class", () => {
  assert.equal(classSpread(points, Int32Array.of(0, 1, 2, 3)), 0);
  assert.equal(classSpread(points, Int32Array.of(5, 5, 5, 5)), 1);
});

Deno.test("classSpread() refuses different lengths and equal points", () => {
  assert.throws(() => classSpread(points, Int32Array.of(0)), /4 points.*1 lab/);
  const equal = pointsOf([[1], [1]]);
  assert.throws(() => classSpread(equal, Int32Array.of(0, 1)), /are equal/);
});
