import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { fit } from "../../lib/training/fit.ts";
import { predict } from "../../lib/training/predict.ts";
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
    tf.tidy(() => average.update(tf.tensor1d(average.shares(i + 1))));
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

Deno.test("fit() passes draws and the averaged network's logits to the loss", async () => {
  const problem = toyProblem();
  const { loss } = toyOptions(problem);
  assert(typeof loss === "function");
  const model = toyModel();
  const { data, rows } = predict(model, problem.data.train);
  const untrained = tf.tensor2d(data, [rows, 3]);
  const before = tf.memory().numTensors;
  const drawn: number[] = [];
  const history = await fit(
    model,
    problem.data,
    toyOptions(problem, {
      batchSize: rows,
      loss: {
        decay: 0.9,
        tensors: [untrained, problem.targets],
        draw: (batch, steps) => {
          drawn.push(steps);
          return new Float32Array(batch).fill(steps);
        },
        // The distance from the untrained network, and 100 per step so far.
        forBatch: (averageLogits, { rows, draws }) => (logits, again) => {
          const start = tf.gather(untrained, rows);
          const distance = tf.mean(tf.squaredDifference(averageLogits, start));
          const counted = tf.mul(tf.mean(draws), 100);
          const constant = tf.add(distance, counted);
          const zero = tf.mul(loss(logits, again), 0);
          return tf.add(constant, zero) as tf.Scalar;
        },
      },
    }),
  );
  // The first one was recorded.
  assert.deepEqual(drawn, [0, 0, 1, 2]);
  // Without a gradient only the weight decay moves the weights, by little.
  const distances = history
    .map(({ trainLoss }, epoch) => trainLoss - 100 * epoch);
  assertAllClose(distances, [0, 0, 0], 1e-4);
  assert.equal(tf.memory().numTensors, before);
  untrained.dispose();
  model.dispose();
  problem.dispose();
});
