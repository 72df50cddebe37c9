import assert from "node:assert/strict";
import { widestSpread } from "../../lib/statistics/widest_spread.ts";

Deno.test("widestSpread() gives the rows furthest apart, the first of equals first", () => {
  const columns = [
    Float64Array.of(0.5, 0.1, 0.9, 0.3),
    Float64Array.of(0.5, 0.9, 0.1, 0.2),
    Float64Array.of(0.4, 0.5, 0.5, 0.2),
  ];
  assert.deepEqual(widestSpread(columns, 3), [1, 2, 0]);
  assert.deepEqual(widestSpread(columns, 9), [1, 2, 0, 3]);
});
