import assert from "node:assert/strict";
import {
  inverseAmount,
  mixtureAmount,
  proportionalAmount,
  quadraticAmount,
} from "../../lib/smoothing/amount.ts";

Deno.test("proportionalAmount() grows with the teacher's confidence", () => {
  assert.equal(proportionalAmount(0.1, 0.5), 0.05);
  assert.equal(proportionalAmount(0.1, 1), 0.1);
});

Deno.test("inverseAmount() falls with the teacher's confidence", () => {
  assert.equal(inverseAmount(0.1, 0.5), 0.05);
  assert.equal(inverseAmount(0.1, 1), 0);
});

Deno.test("quadraticAmount() is 0 at P1 and larger on both sides", () => {
  const numbers = { p1: 0.75, p2: 2, maxEpsilon: 0.2 };
  assert.equal(quadraticAmount(0.75, numbers), 0);
  assert.equal(quadraticAmount(0.5, numbers), 0.125);
  assert.equal(quadraticAmount(1, numbers), 0.125);
});

Deno.test("quadraticAmount() never exceeds maxEpsilon", () => {
  // 2 (0 - 0.75)^2 = 1.125
  assert.equal(quadraticAmount(0, { p1: 0.75, p2: 2, maxEpsilon: 0.2 }), 0.2);
});

Deno.test("mixtureAmount() equals inverseAmount() of the exponential", () => {
  assert.equal(mixtureAmount(1, Math.log(0.5)), 0.5);
  assert.equal(mixtureAmount(0.5, 0), 0);
  assert.equal(mixtureAmount(1, -Infinity), 1);
});

Deno.test("mixtureAmount() keeps digits that a probability of 1 loses", () => {
  // exp(-1e-20) is 1, so that 1 - p would be 0.
  assert.equal(mixtureAmount(0.5, -1e-20), 0.5e-20);
});
