import assert from "node:assert/strict";
import { sortOrder } from "../../lib/calibration/sort_order.ts";
import { stream } from "../../lib/random.ts";

Deno.test("sortOrder() sorts any numbers, and keeps the order of equal ones", () => {
  const values = [0, 3, -0, -1, Infinity, 1e-300, 3, -Infinity, -1e300, 0.1];
  assert.deepEqual(
    [...sortOrder(values)],
    [7, 8, 3, 0, 2, 5, 9, 1, 6, 4],
  );
  assert.deepEqual([...sortOrder([])], []);
  assert.deepEqual([...sortOrder([5, 5, 5])], [0, 1, 2]);
});

Deno.test("sortOrder() equals a comparison sort", () => {
  const random = stream(1, "sort");
  // Numbers that share their high digits or their low ones, and ties.
  const values = Float64Array.from({ length: 3000 }, (_, i) =>
    [
      random.normal(),
      1 - random.uniform() * 1e-12,
      random.integer(50) / 8,
      2 ** (random.integer(2000) - 1000),
    ][i % 4]);
  const expected = Int32Array.from(values.keys())
    .sort((a, b) => values[a] - values[b] || a - b);
  assert.deepEqual(sortOrder(values), expected);
});
