import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { fit } from "../../lib/training/fit.ts";
import { bestEpoch, type EpochRecord } from "../../lib/training/history.ts";
import { type Optimizer, sgd } from "../../lib/training/optimizer.ts";
import { predict } from "../../lib/training/predict.ts";
import type { StepReport } from "../../lib/training/step_report.ts";
import { validate } from "../../lib/training/validate.ts";
import { logSoftmaxRow } from "../../lib/logits/softmax.ts";
import { row } from "../../lib/matrix.ts";
import { assertAllClose } from "./all_close.ts";
import {
  toyDropout,
  toyModel,
  toyOptions,
  type ToyProblem,
  toyProblem,
  toyShallownet,
} from "./toy_problem.ts";
import { weightsOf } from "../models/weights_of.ts";

Deno.test("fit() learns separable classes", async () => {
  const problem = toyProblem();
  const model = toyModel();
  const options = toyOptions(problem, { epochs: 10 });
  const history = await fit(model, problem.data, options);
  const [first, last] = [history[0], history[history.length - 1]];
  assert.ok(last.trainLoss < 0.05 * first.trainLoss);
  assert.equal(validated(model, problem).accuracy, 1);
});

Deno.test("fit() gives the same bytes for the same seed only", async () => {
  const problem = toyProblem();
  const train = async (seed: number) => {
    const model = toyShallownet();
    await fit(
      model,
      problem.data,
      toyOptions(problem, { seed, augment: true }),
    );
    return weightsOf(model);
  };
  const first = await train(1);
  assert.deepEqual(await train(1), first);
  assert.notDeepEqual(await train(2), first);
});

Deno.test("fit() records the learning rate of each epoch and uses it", async () => {
  const problem = toyProblem();
  const rates: number[] = [];
  const optimizer = (weights: tf.Variable[]): Optimizer => {
    const inner = sgd(weights, { momentum: 0.9, weightDecay: 0 });
    return {
      ...inner,
      numbers: (rate, step) => {
        rates.push(rate);
        return inner.numbers(rate, step);
      },
    };
  };
  const history = await fit(
    toyModel(),
    problem.data,
    toyOptions(problem, {
      optimizer,
      epochs: 4,
      schedule: { learningRate: 0.1, milestones: [0.5, 0.75], gamma: 0.5 },
    }),
  );
  const expected = [0.1, 0.1, 0.05, 0.025];
  assert.deepEqual(history.map(({ learningRate }) => learningRate), expected);
  // Without the steps that were recorded.
  const used = rates.slice(-12);
  assert.deepEqual(used, expected.flatMap((rate) => [rate, rate, rate]));
});

Deno.test("fit() keeps the weights of the best epoch and stops early", async () => {
  const problem = toyProblem({ noise: true });
  const model = toyModel();
  const options = toyOptions(problem, {
    epochs: 50,
    patience: 3,
    schedule: { learningRate: 0.05, milestones: [], gamma: 1 },
  });
  const history = await fit(model, problem.data, options);
  const best = bestEpoch(history);
  assert.equal(history.length, best.epoch + 3);
  assert.ok(history.length < 50);
  const { loss, accuracy } = validated(model, problem);
  assert.deepEqual([loss, accuracy], [
    best.validationLoss,
    best.validationAccuracy,
  ]);
  assert.ok(loss < history.at(-1)!.validationLoss);
});

Deno.test("fit() counts each sample once in an epoch's training loss", async () => {
  const problem = toyProblem();
  const model = toyModel();
  const logits = predict(model, problem.data.train);
  let total = 0;
  problem.labels.forEach((label, i) => {
    total -= logSoftmaxRow(row(logits, i))[label];
  });
  // Steps too small to change the loss.
  const schedule = { learningRate: 1e-12, milestones: [], gamma: 1 };
  const options = toyOptions(problem, { epochs: 1, schedule });
  const [record] = await fit(model, problem.data, options);
  assertAllClose([record.trainLoss], [total / 40], 1e-6);
});

Deno.test("fit() varies dropout and augmentation between epochs", async () => {
  // One image and one step per epoch, too small to change the loss.
  const problem = toyProblem({ samples: 1 });
  const schedule = { learningRate: 1e-12, milestones: [], gamma: 1 };
  const losses = async (model: tf.LayersModel, augment: boolean) => {
    const options = toyOptions(problem, { schedule, epochs: 2, augment });
    const history = await fit(model, problem.data, options);
    return history.map(({ trainLoss }) => trainLoss);
  };
  const [plain, again] = await losses(toyModel(), false);
  assertAllClose([again], [plain], 1e-6);
  for (
    const [first, second] of [
      await losses(toyDropout(), false),
      await losses(toyModel(), true),
    ]
  ) {
    assert.ok(Math.abs(first - second) > 1e-3, `${first} and ${second}`);
  }
});

Deno.test("fit() reports each step and each epoch", async () => {
  const problem = toyProblem();
  const steps: StepReport[] = [];
  const epochs: EpochRecord[] = [];
  const history = await fit(toyModel(), problem.data, toyOptions(problem), {
    onStep: (step) => steps.push(step),
    onEpoch: (record) => epochs.push(record),
  });
  assert.deepEqual(epochs, history);
  assert.deepEqual(history.map(({ epoch }) => epoch), [1, 2, 3]);
  assert.deepEqual(
    steps.map(({ epoch, epochs, step, steps }) => [epoch, epochs, step, steps]),
    [1, 2, 3].flatMap((epoch) => [1, 2, 3].map((step) => [epoch, 3, step, 3])),
  );
  // The third step is the epoch's last, so its mean is the epoch's.
  assert.equal(steps[2].loss, history[0].trainLoss);
  assert.equal(steps[8].secondsLeft, 0);
  assert.ok(steps[0].secondsLeft > 0);
  assert.ok(steps.every(({ imagesPerSecond }) => imagesPerSecond > 0));
});

Deno.test("fit() calls onEpoch with the weights of the epoch in the model", async () => {
  const problem = toyProblem();
  const schedule = { learningRate: 0.02, milestones: [], gamma: 1 };
  const weights = async (epochs: number) => {
    const model = toyShallownet();
    const seen: string[][] = [];
    const options = toyOptions(problem, { schedule, epochs });
    await fit(model, problem.data, options, {
      onEpoch: () => seen.push(weightsOf(model)),
    });
    return seen;
  };
  const [first, second] = await weights(2);
  assert.notDeepEqual(second, first);
  assert.deepEqual(await weights(1), [first]);
});

Deno.test("fit() reports where it diverged and the last finite losses", async () => {
  const problem = toyProblem();
  const schedule = { learningRate: 1e6, milestones: [], gamma: 1 };
  const options = toyOptions(problem, { schedule, epochs: 50, batchSize: 8 });
  await assert.rejects(fit(toyModel(), problem.data, options), {
    name: "TrainingDiverged",
    message: new RegExp(
      "^Training stopped at epoch 1, step [2-5], as the training loss is " +
        "(NaN|Infinity) \\(mean training loss of the epoch so far [\\d.e+]+, " +
        "no epoch finished\\); a smaller learning rate may help$",
    ),
  });
});

Deno.test("fit() detects weights that diverge in an epoch's last step", async () => {
  const problem = toyProblem();
  const schedule = { learningRate: 1e30, milestones: [], gamma: 1 };
  const options = toyOptions(problem, { schedule, batchSize: 40 });
  await assert.rejects(fit(toyModel(), problem.data, options), {
    name: "TrainingDiverged",
    message: /epoch 1, step 1, as the validation loss is NaN \(mean training/,
  });
});

Deno.test("fit() and predict() leave no tensors, even if they fail", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = { path: `${folder}/last`, run: "a" };
  const problem = toyProblem();
  const model = toyShallownet();
  const diverging = { learningRate: 1e30, milestones: [], gamma: 1 };
  const controller = new AbortController();
  const before = tf.memory().numTensors;
  await fit(model, problem.data, toyOptions(problem, { augment: true }), {
    checkpoint,
  });
  predict(model, problem.data.validation);
  assert.equal(tf.memory().numTensors, before, "after it was done");
  await assert.rejects(
    fit(model, problem.data, toyOptions(problem), {
      checkpoint,
      signal: controller.signal,
      onStep: ({ epoch }) => epoch === 2 && controller.abort(),
    }),
    { name: "AbortError" },
  );
  assert.equal(tf.memory().numTensors, before, "after an abort");
  const missing = { path: `${folder}/missing/last`, run: "a" };
  await assert.rejects(
    fit(model, problem.data, toyOptions(problem), { checkpoint: missing }),
    Deno.errors.NotFound,
  );
  assert.equal(tf.memory().numTensors, before, "after a failed write");
  await assert.rejects(
    fit(model, problem.data, toyOptions(problem, { schedule: diverging })),
    { name: "TrainingDiverged" },
  );
  assert.equal(tf.memory().numTensors, before, "after it diverged");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fit() refuses invalid numbers", async () => {
  const problem = toyProblem();
  for (const key of ["epochs", "batchSize", "patience"]) {
    await assert.rejects(
      fit(toyModel(), problem.data, toyOptions(problem, { [key]: 0 })),
      {
        name: "BadInput",
        message: `${key} must be a whole number of at least 1: ` +
          "current value is 0",
      },
    );
  }
});

function validated(model: tf.LayersModel, { data }: ToyProblem) {
  return validate(predict(model, data.validation), data.validationLabels);
}
