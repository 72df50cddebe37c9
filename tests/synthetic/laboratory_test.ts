import assert from "node:assert/strict";
import { logitsLogLoss } from "../../lib/calibration/scores.ts";
import { bayesLogits, circlesDataset } from "../../lib/synthetic/circles.ts";
import { tf } from "../../lib/engine/engine.ts";
import type { Job, Laboratory } from "../../lib/synthetic/laboratory.ts";
import { bayesTeacher, teacherOf } from "../../lib/synthetic/teacher_of.ts";
import { trainPlans } from "../../lib/synthetic/candidate.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { fitStack } from "../../lib/training/stack/fit_stack.ts";
import { assertClose } from "../calibration/close.ts";
import { smallLaboratory } from "./fake_laboratory.ts";

const TRAIN = { trainPerClass: 10 };
const laboratory = smallLaboratory(3, { seed: 7, ...TRAIN });

/** A job with hard labels. */
function job(name: string, { data: { train } } = laboratory): Job {
  const { labels } = train;
  return {
    name,
    targets: buildTargets({ name: "ce" }, { labels, classes: 3 }),
  };
}

const [NETWORK] = laboratory.train([job("a")]);

const weightsOf = (laboratory: Laboratory, job: Job) =>
  laboratory.train([job])[0].weights;

Deno.test("a laboratory has the data set of its number, seed and sizes", () => {
  const { layout } = laboratory.data;
  assert.equal(layout.name, "canonical");
  assert.deepEqual(
    laboratory.data,
    circlesDataset(layout, 3, {
      seed: 7,
      sizes: { train: 10, validation: 50, test: 20 },
    }),
  );
  const names = [
    laboratory,
    smallLaboratory(3, { seed: 8 }),
    smallLaboratory(4, { seed: 7 }),
  ].map(({ name }) => name);
  assert.equal(new Set(names).size, 3);
});

Deno.test("networks with the same name are equal; name, data set and seed change them", () => {
  const { weights } = NETWORK;
  assert.deepEqual(weightsOf(laboratory, job("a")), weights);
  assert.notDeepEqual(weightsOf(laboratory, job("b")), weights);
  for (const [number, seed] of [[4, 7], [3, 8]]) {
    const other = smallLaboratory(number, { seed, ...TRAIN });
    // The same targets, so that only streams and points can differ.
    assert.notDeepEqual(weightsOf(other, job("a", other)), weights);
  }
});

Deno.test("networks come in the order of their jobs and use only their rows", () => {
  const few = Int32Array.from({ length: 15 }, (_, i) => 2 * i);
  const jobs = [job("a"), { ...job("a"), rows: few }, job("b")];
  const networks = laboratory.train(jobs);
  assert.deepEqual(networks.map(({ name }) => name), ["a", "a", "b"]);
  const [alone] = laboratory.train([jobs[1]]);
  assertClose(
    networks[1].validationLogLoss,
    alone.validationLogLoss,
    1e-3,
  );
  // Targets outside its rows do not matter.
  const targets = jobs[1].targets.data.slice();
  targets.set([1, 0, 0], 3 * 29);
  const [same] = laboratory.train([
    { ...jobs[1], targets: { ...jobs[1].targets, data: targets } },
  ]);
  assert.deepEqual(same.weights, alone.weights);
  assert.notDeepEqual(networks[0].weights, networks[1].weights);
});

Deno.test("networks are trained as published: Adam at 0.01, at most 500 epochs, patience 10", () => {
  const batches = smallLaboratory(3, { seed: 7, ...TRAIN, batchSize: 15 });
  const { train, validation } = batches.data;
  const [network] = batches.train([job("a")]);
  const [expected] = fitStack(
    [{
      // Streams depend on the data set as well as on the seed.
      ...{ seed: 7, name: "3/a" },
      rows: Int32Array.from({ length: 30 }, (_, i) => i),
      targets: job("a").targets,
    }],
    { points: train.points, validation },
    {
      widths: [2, 64, 3],
      learningRate: 0.01,
      batchSize: 15,
      epochs: 500,
      patience: 10,
    },
  );
  assert.deepEqual(network, { ...expected, name: "a" });
});

Deno.test("a network's validation loss matches its predictions", () => {
  const [logits] = laboratory.predict([NETWORK], "validation");
  assertClose(
    NETWORK.validationLogLoss,
    logitsLogLoss(logits, laboratory.data.validation.labels),
    1e-5,
  );
  assert(NETWORK.validationLogLoss < 0.9, "better than guessing, ln 3");
  assert.equal(NETWORK.epochs, NETWORK.bestEpoch + 10);
});

Deno.test("predictAt() and predict() agree on the same points", () => {
  const { points } = laboratory.data.test;
  assert.deepEqual(
    laboratory.predictAt([NETWORK], points),
    laboratory.predict([NETWORK], "test"),
  );
});

Deno.test("a laboratory leaks no tensors", () => {
  const before = tf.memory().numTensors;
  laboratory.train([job("a"), job("b")]);
  laboratory.predict([NETWORK], "test");
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("a network has 64 units in each of its hidden layers", () => {
  const deep = smallLaboratory(0, { hiddenLayers: 3, trainPerClass: 5 });
  const [network] = deep.train([job("a", deep)]);
  assert.deepEqual(
    network.weights.map(({ length }) => length),
    [2 * 64, 64, 64 * 64, 64, 64 * 64, 64, 64 * 3, 3],
  );
});

Deno.test("teacherOf() returns a network's logits on the training points and its fitted temperature", () => {
  const [candidate] = trainPlans(laboratory, [
    { name: "a", method: { name: "ls", epsilon: 0.19 } },
  ]);
  const { logits, temperature } = teacherOf(laboratory, candidate);
  assert.deepEqual(logits, laboratory.predict([candidate.network], "train")[0]);
  const { labels } = laboratory.data.validation;
  const scaled = (by: number) =>
    logitsLogLoss(candidate.validation, labels, by * temperature);
  assert(scaled(1) < scaled(0.98) && scaled(1) < scaled(1.02));
  assert.notEqual(temperature, 1);
});

Deno.test("bayesTeacher() returns the posterior of the training points, unscaled", () => {
  const { layout, train } = laboratory.data;
  assert.deepEqual(bayesTeacher(laboratory), {
    logits: bayesLogits(layout, train.points),
    temperature: 1,
  });
});
