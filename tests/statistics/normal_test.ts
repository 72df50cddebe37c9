import assert from "node:assert/strict";
import { normalUpperTail } from "../../lib/statistics/normal.ts";
import record from "../fixtures/wilcoxon_reference.json" with { type: "json" };

function assertNear(actual: number, expected: number, relative: number): void {
  const error = Math.abs(actual / expected - 1);
  assert.ok(error <= relative, `${actual} is not ${expected}`);
}

Deno.test("normalUpperTail() is SciPy's, far out as well", () => {
  for (const [z, tail] of record.upperTail) {
    assertNear(normalUpperTail(z), tail, 1e-12);
  }
});

Deno.test("normalUpperTail() of both sides sums to 1", () => {
  for (const z of [0, 0.3, 1.7, 2, 4]) {
    assertNear(normalUpperTail(z) + normalUpperTail(-z), 1, 1e-15);
  }
});

Deno.test("normalUpperTail() has no step where its two formulas meet", () => {
  // The slope is minus the density, 0.054 at 2.
  const step = 2 * 1e-9 * Math.exp(-2) / Math.sqrt(2 * Math.PI);
  const fall = normalUpperTail(2 - 1e-9) - normalUpperTail(2 + 1e-9);
  assertNear(fall, step, 1e-5);
});

Deno.test("normalUpperTail() ends at 0 and 1, and NaN stays NaN", () => {
  assert.equal(normalUpperTail(Infinity), 0);
  assert.equal(normalUpperTail(-Infinity), 1);
  assert.equal(normalUpperTail(NaN), NaN);
});
