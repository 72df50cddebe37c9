import assert from "node:assert/strict";
import {
  nearestPoints,
  pointsBetween,
  pointTowards,
} from "../../../lib/reports/interactive/nearest_points.ts";

/** A cross: its middle, then right, left, above and below. */
const CROSS = {
  x: Float64Array.of(50, 70, 20, 50, 50),
  y: Float64Array.of(50, 50, 50, 10, 60),
};
const all = () => true;

Deno.test("nearestPoints() gives shown points within reach, the nearest first", () => {
  const near = (within: number) =>
    nearestPoints(CROSS, { x: 50, y: 52 }, { count: 3, shown: all, within });
  assert.deepEqual(near(100), [0, 4, 1]);
  assert.deepEqual(near(5), [0]);
  assert.deepEqual(near(1), []);
  const shown = (row: number) => row !== 0;
  assert.deepEqual(
    nearestPoints(CROSS, { x: 50, y: 52 }, { count: 1, shown }),
    [4],
  );
});

Deno.test("pointsBetween() takes any two corners of a rectangle", () => {
  const [a, b] = [{ x: 75, y: 65 }, { x: 45, y: 45 }];
  assert.deepEqual(pointsBetween(CROSS, [a, b], all), [0, 1, 4]);
  assert.deepEqual(pointsBetween(CROSS, [b, a], all), [0, 1, 4]);
  assert.deepEqual(pointsBetween(CROSS, [a, b], (row) => row !== 1), [0, 4]);
});

Deno.test("pointTowards() goes to the nearest point ahead, or stays", () => {
  const towards = (from: number, x: number, y: number) =>
    pointTowards(CROSS, from, { step: { x, y }, shown: all });
  assert.equal(towards(0, 1, 0), 1);
  assert.equal(towards(0, -1, 0), 2);
  assert.equal(towards(0, 0, -1), 3);
  assert.equal(towards(0, 0, 1), 4);
  assert.equal(towards(1, 1, 0), 1);
  assert.equal(towards(4, 0, -1), 0);
});
