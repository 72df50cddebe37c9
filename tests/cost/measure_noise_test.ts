import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { stepCost } from "../../lib/cost/measure_noise.ts";

Deno.test("stepCost() times a step, counts weights and leaks no tensor", () => {
  const before = tf.memory().numTensors;
  const { seconds, imagesPerSecond, ...counts } = stepCost({
    model: "lenet",
    height: 32,
    width: 32,
    channels: 3,
    classes: 10,
    batchSize: 4,
  });
  assert(seconds > 0);
  assert(Math.abs(imagesPerSecond - 4 / seconds) < 1e-9);
  assert.equal(counts.parameters, 62_006);
  assert.equal(counts.weights, 62_006, "all weights of LeNet are trainable");
  // Two convolutions with 28 x 28 and 10 x 10 outputs, three dense layers.
  assert.equal(
    counts.multiplyAdds,
    28 * 28 * 25 * 3 * 6 + 10 * 10 * 25 * 6 * 16 +
      400 * 120 + 120 * 84 + 84 * 10,
  );
  assert.equal(tf.memory().numTensors, before);
});
