import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { DATA_MEASURE } from "../../lib/cost/measure_data.ts";
import { TINY } from "../runs/specs.ts";

Deno.test("DATA_MEASURE returns the sizes of a run's parts, its network and the time per image", async () => {
  assert.deepEqual(await DATA_MEASURE.sizes(TINY), {
    ...{ train: 60, validation: 40, test: 200, classes: 10 },
  });
  // 5x5 convolutions to 6 and 16 maps, then 400, 120, 84 and 10 units.
  const lenet = 6 * 26 + 16 * 151 + 120 * 401 + 84 * 121 + 10 * 85;
  const { weights, batch } = await DATA_MEASURE.network(TINY);
  assert.deepEqual([weights, batch], [lenet, 20]);
  const before = tf.memory().numTensors;
  const measured = await DATA_MEASURE.speed(TINY);
  assert.equal(tf.memory().numTensors, before);
  assert.equal(measured.steps, 3);
  assert(measured.kind === "epochs" && measured.secondsPerImage > 0);
});
