import assert from "node:assert/strict";
import { placeLabels } from "../../../lib/plots/parts/place_labels.ts";

const at = (x: number, y: number) => ({ x, y, width: 40 });

const heights = (...args: Parameters<typeof placeLabels>) =>
  placeLabels(...args).map(({ y }) => y);

Deno.test("placeLabels() does not move labels that do not overlap", () => {
  assert.deepEqual(heights([at(0, 0), at(0, 20), at(60, 5)], 14), [
    0,
    20,
    5,
  ]);
});

Deno.test("placeLabels() moves two overlapping labels by the same distance", () => {
  assert.deepEqual(heights([at(0, 10), at(20, 16)], 14), [6, 20]);
  assert.deepEqual(heights([at(0, 10), at(0, 10)], 14), [3, 17]);
});

Deno.test("placeLabels() separates ten labels at almost the same point", () => {
  const ys = heights(Array.from({ length: 10 }, (_, i) => at(i, i)), 14)
    .toSorted((a, b) => a - b);
  ys.slice(1).forEach((y, i) => assert(y - ys[i] > 13.5));
});

Deno.test("placeLabels() moves labels into the area by as little as possible", () => {
  const area = { x: [0, 100], y: [0, 50] } as const;
  assert.deepEqual(
    placeLabels([at(5, 60), at(50, 25), at(99, -8)], 14, area),
    [{ x: 20, y: 43 }, { x: 50, y: 25 }, { x: 80, y: 7 }],
  );
});

Deno.test("placeLabels() separates labels at the edge within the area", () => {
  const area = { x: [0, 100], y: [0, 50] } as const;
  const ys = heights([at(20, 7), at(20, 7), at(20, 7)], 14, area)
    .toSorted((a, b) => a - b);
  ys.forEach((y, i) => assert(Math.abs(y - (7 + 14 * i)) < 1e-6, String(ys)));
});

Deno.test("placeLabels() stays in an area without room for all labels", () => {
  const area = { x: [0, 40], y: [0, 20] } as const;
  for (const y of heights([at(20, 3), at(20, 9), at(20, 30)], 14, area)) {
    assert(y >= 7 && y <= 13, `${y} is outside`);
  }
});
