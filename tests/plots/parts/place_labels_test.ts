import assert from "node:assert/strict";
import { placeLabels } from "../../../lib/plots/parts/place_labels.ts";

const at = (x: number, y: number) => ({ x, y, width: 40 });

Deno.test("placeLabels() does not move labels that do not overlap", () => {
  assert.deepEqual(placeLabels([at(0, 0), at(0, 20), at(60, 5)], 14), [
    0,
    20,
    5,
  ]);
});

Deno.test("placeLabels() moves two overlapping labels by the same distance", () => {
  assert.deepEqual(placeLabels([at(0, 10), at(20, 16)], 14), [6, 20]);
  assert.deepEqual(placeLabels([at(0, 10), at(0, 10)], 14), [3, 17]);
});

Deno.test("placeLabels() separates ten labels at almost the same point", () => {
  const ys = placeLabels(Array.from({ length: 10 }, (_, i) => at(i, i)), 14)
    .toSorted((a, b) => a - b);
  ys.slice(1).forEach((y, i) => assert(y - ys[i] > 13.5));
});
