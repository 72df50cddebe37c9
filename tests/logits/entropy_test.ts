import assert from "node:assert/strict";
import { rowEntropies } from "../../lib/logits/entropy.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";

Deno.test("rowEntropies() is 0 for a one-hot row and log K for a uniform row", () => {
  const rows = probabilitiesOf([[0, 1, 0, 0], [0.25, 0.25, 0.25, 0.25]]);
  const [hard, even] = rowEntropies(rows);
  assert.equal(hard, 0);
  assert(Math.abs(even - Math.log(4)) < 1e-12);
});

Deno.test("rowEntropies() sums -p log p", () => {
  const [entropy] = rowEntropies(probabilitiesOf([[0.9, 0.1]]));
  const expected = -0.9 * Math.log(0.9) - 0.1 * Math.log(0.1);
  assert(Math.abs(entropy - expected) < 1e-12);
});
