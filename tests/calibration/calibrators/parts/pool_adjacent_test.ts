import assert from "node:assert/strict";
import { poolAdjacent } from "../../../../lib/calibration/calibrators/parts/pool_adjacent.ts";

function curve(p: number[], hits: number[]) {
  return poolAdjacent(Float64Array.from(p), Uint8Array.from(hits));
}

Deno.test("poolAdjacent() keeps values that rise", () => {
  assert.deepEqual(curve([0.1, 0.4, 0.9], [0, 0, 1]), {
    x: [0.1, 0.4, 0.9],
    y: [0, 0, 1],
  });
});

Deno.test("poolAdjacent() pools values that fall into one step", () => {
  // 1 at 0.2 is above 0 at 0.5: both become 1/2, on [0.2, 0.5].
  assert.deepEqual(curve([0.9, 0.5, 0.2, 0.1], [1, 0, 1, 0]), {
    x: [0.1, 0.2, 0.5, 0.9],
    y: [0, 0.5, 0.5, 1],
  });
});

Deno.test("poolAdjacent() takes the mean of equal positions first", () => {
  assert.deepEqual(curve([0.3, 0.3, 0.3, 0.6], [1, 0, 0, 1]), {
    x: [0.3, 0.6],
    y: [1 / 3, 1],
  });
  // Closer than 1e-15 is equal.
  assert.deepEqual(curve([0.3, 0.3 + 1e-16], [1, 0]), { x: [0.3], y: [0.5] });
});

Deno.test("poolAdjacent() pools over several steps at once", () => {
  assert.deepEqual(curve([0.1, 0.2, 0.3, 0.4, 0.5], [1, 1, 0, 0, 0]), {
    x: [0.1, 0.5],
    y: [0.4, 0.4],
  });
});
