import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { measureOf } from "../../lib/cost/measure.ts";
import { TINY } from "../runs/specs.ts";

Deno.test("measureOf() finds what a run holds, and what an image takes", async () => {
  const { sizes, weights, steps } = measureOf(TINY);
  assert.deepEqual(await sizes(), {
    ...{ train: 60, validation: 40, test: 200, classes: 10 },
  });
  // 5x5 convolutions to 6 and 16 maps, then 400, 120, 84 and 10 units.
  const lenet = 6 * 26 + 16 * 151 + 120 * 401 + 84 * 121 + 10 * 85;
  assert.equal(await weights(), lenet);
  const before = tf.memory().numTensors;
  const measured = await steps();
  assert.equal(tf.memory().numTensors, before);
  assert.equal(measured.steps, 3);
  assert.ok(measured.secondsPerImage > 0);
});
