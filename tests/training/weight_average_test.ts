import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { fit } from "../../lib/training/fit.ts";
import { WeightAverage } from "../../lib/training/weight_average.ts";
import { weightsOf } from "../models/weights_of.ts";
import { assertAllClose } from "./all_close.ts";
import {
  toyModel,
  toyOptions,
  toyProblem,
  toyShallownet,
} from "./toy_problem.ts";

/** Sets every weight of a model to a number. */
function setAll(model: tf.LayersModel, value: number) {
  tf.tidy(() => {
    model.setWeights(
      model.getWeights().map(({ shape }) => tf.fill(shape, value)),
    );
  });
}

Deno.test("WeightAverage is the mean of all weights at first, then decays", () => {
  const model = toyModel();
  setAll(model, 1);
  const before = tf.memory().numTensors;
  const average = new WeightAverage(model, 0.7);
  const values = [4, 7, 0, 2].map((value, i) => {
    setAll(model, value);
    average.update(i + 1);
    return average.state()[0].dataSync()[0];
  });
  // (1 + 4) / 2, (1 + 4 + 7) / 3, then a decay of 3/4 is limited to 0.7.
  assertAllClose(values, [2.5, 4, 2.8, 0.7 * 2.8 + 0.3 * 2], 1e-6);
  average.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("WeightAverage predicts with the average and leaves the network unchanged", () => {
  const problem = toyProblem();
  // Batch normalisation, whose running statistics training would change.
  const model = toyShallownet(1);
  const own = weightsOf(model);
  const average = new WeightAverage(model, 0.5);
  const other = toyShallownet(2);
  tf.tidy(() => {
    const trainable = other.trainableWeights.map((weight) => weight.read());
    average.restore(trainable);
    const images = problem.data.train.gather(tf.range(0, 16, 1, "int32"));
    const before = tf.memory().numTensors;
    const logits = tf.tidy(() => average.logits(images).dataSync());
    assert.equal(tf.memory().numTensors, before);
    const expected = other.apply(images, { training: true }) as tf.Tensor;
    assert.deepEqual(logits, expected.dataSync());
  });
  assert.deepEqual(weightsOf(model), own);
  average.dispose();
  problem.dispose();
});

Deno.test("fit() passes the averaged network's logits to the loss", async () => {
  const problem = toyProblem();
  const { loss } = toyOptions(problem);
  assert(typeof loss === "function");
  const steps: number[] = [];
  const first: number[] = [];
  const model = toyModel();
  const untrained = tf.tidy(() =>
    Array.from(
      (model.predict(
        problem.data.train.gather(tf.range(0, 40, 1, "int32")),
      ) as tf.Tensor).dataSync(),
    )
  );
  const before = tf.memory().numTensors;
  await fit(
    model,
    problem.data,
    toyOptions(problem, {
      loss: {
        decay: 0.9,
        forBatch: (averageLogits, batch) => {
          if (steps.push(batch.steps) === 1) {
            const rows = batch.rows.dataSync();
            const logits = averageLogits.dataSync();
            rows.forEach((row, i) =>
              [0, 1, 2].forEach((k) =>
                first.push(logits[3 * i + k] - untrained[3 * row + k])
              )
            );
          }
          return loss;
        },
      },
    }),
  );
  assert.deepEqual(steps, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(first.length, 48);
  assertAllClose(first, new Float32Array(48), 1e-5);
  assert.equal(tf.memory().numTensors, before);
  model.dispose();
  problem.dispose();
});
