import assert from "node:assert/strict";
import { chiSquareUpperTail } from "../../lib/statistics/chi_square.ts";
import record from "../fixtures/ranks_reference.json" with { type: "json" };

Deno.test("chiSquareUpperTail() is SciPy's", () => {
  for (const { x, degrees, tail } of record.upperTail) {
    const found = chiSquareUpperTail(x, degrees);
    const error = Math.abs(found / tail - 1);
    assert(error < 1e-11, `${found} is not ${tail}`);
  }
});

Deno.test("chiSquareUpperTail() of two degrees is exp(-x / 2)", () => {
  assert.equal(chiSquareUpperTail(3, 2), Math.exp(-1.5));
});

Deno.test("chiSquareUpperTail() refuses a negative value and half a degree", () => {
  assert.throws(() => chiSquareUpperTail(-1, 2), {
    name: "BadInput",
    message: /^A chi-square value must be in \[0, Infinity\]/,
  });
  assert.throws(() => chiSquareUpperTail(1, 0.5), /Degrees of freedom must be/);
});
