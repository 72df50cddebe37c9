import assert from "node:assert/strict";
import { initialWeights } from "../../../lib/training/stack/initial_weights.ts";

Deno.test("initialWeights() draws weights and biases uniformly from ±1/sqrt(inputs)", () => {
  const weights = initialWeights([2, 64, 64, 3], { seed: 1, name: "a" });
  assert.deepEqual(
    weights.map(({ length }) => length),
    [2 * 64, 64, 64 * 64, 64, 64 * 3, 3],
  );
  weights.forEach((values, at) => {
    const bound = 1 / Math.sqrt(at < 2 ? 2 : 64);
    assert(values.every((value) => Math.abs(value) <= bound));
  });
  // The variance of a uniform variable is bound^2 / 3; 4,096 values are within 10 %.
  const variance = weights[2].reduce((sum, w) => sum + w * w, 0) / 4096;
  assert(Math.abs(variance * 3 * 64 - 1) < 0.1, String(variance));
});

Deno.test("initialWeights() depends on seed and name", () => {
  const first = (seed: number, name: string) =>
    initialWeights([1, 4], { seed, name })[0];
  assert.deepEqual(first(1, "a"), first(1, "a"));
  assert.notDeepEqual(first(1, "a"), first(2, "a"));
  assert.notDeepEqual(first(1, "a"), first(1, "b"));
});
