import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import { stream } from "../../lib/random.ts";
import { noiseLearner } from "../../lib/cost/noise_learner.ts";

Deno.test("noiseLearner() learns at each step and leaks no tensor", () => {
  const size = { height: 28, width: 28, channels: 1, classes: 10 };
  const model = buildModel("lenet", { ...size, random: stream(1, "init") });
  const before = tf.memory().numTensors;
  const learner = noiseLearner(model, 3, size);
  const losses = [1, 2, 3].map(() => learner.step());
  assert.equal(new Set(losses).size, 3);
  assert(losses.every(Number.isFinite));
  learner.dispose();
  assert.equal(tf.memory().numTensors, before);
  model.dispose();
});
