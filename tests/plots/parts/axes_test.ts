import assert from "node:assert/strict";
import {
  extent,
  logTicks,
  spread,
  wholeTicks,
  widen,
} from "../../../lib/plots/parts/axes.ts";

Deno.test("extent() ignores numbers that are not finite", () => {
  assert.deepEqual(extent([2, NaN, -1, Infinity]), [-1, 2]);
  assert.deepEqual(extent([]), [0, 1]);
});

Deno.test("widen() adds a share of the length or of the ratio", () => {
  assert.deepEqual(widen([0, 10], { share: 0.1 }), [-1, 11]);
  assert.deepEqual(widen([1, 100], { share: 0.5, log: true }), [0.1, 1000]);
  const [low, high] = widen([3, 3]);
  assert.ok(low < 3 && high > 3);
});

Deno.test("wholeTicks() returns round integers, at most as many as asked", () => {
  assert.deepEqual(wholeTicks(1, 5), [1, 2, 3, 4, 5]);
  assert.deepEqual(wholeTicks(1, 40), [10, 20, 30, 40]);
  assert.deepEqual(wholeTicks(1, 12), [2, 4, 6, 8, 10, 12]);
  assert.deepEqual(wholeTicks(1, 1), [1]);
});

Deno.test("logTicks() returns at least three round numbers", () => {
  assert.deepEqual(logTicks(0.25, 8), [0.5, 1, 2, 5]);
  assert.deepEqual(logTicks(0.3, 0.9), [0.3, 0.4, 0.5, 0.6, 0.8]);
  assert.deepEqual(logTicks(1.25, 1.55), [1.3, 1.4, 1.5]);
});

Deno.test("spread() does not move positions that are far enough apart", () => {
  const bounds = { gap: 1, low: 0, high: 10 };
  assert.deepEqual(spread([7, 2, 4], bounds), [7, 2, 4]);
});

Deno.test("spread() moves neighbours apart around their mean", () => {
  const bounds = { gap: 1, low: 0, high: 10 };
  assert.deepEqual(spread([5, 5], bounds), [4.5, 5.5]);
  // The pair at 5 moves into 5.8: all three end up around their mean, 5.3.
  const three = spread([5, 5.8, 5.1], bounds);
  [4.3, 6.3, 5.3].forEach((expected, i) =>
    assert.ok(Math.abs(three[i] - expected) < 1e-9)
  );
});

Deno.test("spread() stays within its bounds", () => {
  const bounds = { gap: 1, low: 0, high: 10 };
  assert.deepEqual(spread([10, 10, 9.9], bounds), [9, 10, 8]);
  assert.deepEqual(spread([0, 0.1], bounds), [0, 1]);
});
