import assert from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import { circlesDataset, LAYOUTS } from "../../../lib/synthetic/circles.ts";
import { tf } from "../../../lib/engine/engine.ts";
import { stream } from "../../../lib/random.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import { crossEntropy } from "../../../lib/training/cross_entropy.ts";
import { adam } from "../../../lib/training/optimizer.ts";
import { fitStack } from "../../../lib/training/stack/fit_stack.ts";
import type {
  Replica,
  StackOptions,
} from "../../../lib/training/stack/types.ts";
import { initialWeights } from "../../../lib/training/stack/initial_weights.ts";
import { assertAllClose } from "../all_close.ts";

const DATA = circlesDataset(LAYOUTS.canonical, 1, {
  sizes: { train: 14, validation: 20, test: 1 },
});
const POOL = DATA.train.labels.length;
const PROBLEM = { points: DATA.train.points, validation: DATA.validation };
const WIDTHS = [2, 16, 16, 3];
const OPTIONS: StackOptions = {
  widths: WIDTHS,
  learningRate: 0.01,
  batchSize: null,
  epochs: 20,
  patience: 100,
};

function replica(name: string, epsilon: number, rows = POOL): Replica {
  return {
    seed: 7,
    name,
    rows: Int32Array.from({ length: rows }, (_, i) => (5 * i) % POOL),
    targets: buildTargets({ name: "ls", epsilon }, {
      labels: DATA.train.labels,
      classes: 3,
    }),
  };
}

/** The last weights of one network trained by automatic differentiation. */
function trainedAlone(
  { seed, name, rows, targets }: Replica,
  { widths, batchSize, epochs, learningRate }: StackOptions,
): Float32Array[] {
  return tf.tidy(() => {
    const variables = initialWeights(widths, { seed, name }).map((values, i) =>
      tf.variable(
        tf.tensor2d(values, [
          values.length / widths[(i >> 1) + 1],
          widths[(i >> 1) + 1],
        ]),
      )
    );
    const optimizer = adam(variables);
    const pool = tf.tensor2d(DATA.train.points.data, [POOL, 2]);
    const all = tf.tensor2d(targets.data, [POOL, 3]);
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const order = batchSize === null
        ? rows
        : stream(seed, `${name}/shuffle/${epoch}`).permutation(rows.length)
          .map((i) => rows[i]);
      const size = batchSize ?? rows.length;
      for (let start = 0; start < rows.length; start += size) {
        const batch = tf.tensor1d(order.slice(start, start + size), "int32");
        const { grads } = tf.variableGrads(() => {
          let h = tf.gather(pool, batch);
          for (let i = 0; i < variables.length; i += 2) {
            h = tf.add(
              tf.matMul(h, variables[i] as tf.Tensor2D),
              variables[i + 1],
            );
            if (i + 2 < variables.length) h = tf.relu(h);
          }
          return tf.mean(crossEntropy(h, tf.gather(all, batch)));
        }, variables);
        optimizer.step(variables.map((v) => grads[v.name]), learningRate);
      }
    }
    optimizer.dispose();
    return variables.map((variable) => {
      const values = variable.dataSync<"float32">();
      variable.dispose();
      return values;
    });
  });
}

for (const batchSize of [null, 10]) {
  const steps = batchSize === null ? "all rows" : `batches of ${batchSize}`;
  Deno.test(`fitStack() with ${steps} gives each network the same weights as if trained alone`, () => {
    const epochs = batchSize === null ? 20 : 4;
    const options = { ...OPTIONS, batchSize, epochs };
    const replicas = [0, 0.1, 0.3].map((e) => replica(`e${e}`, e));
    const trained = fitStack(replicas, PROBLEM, options);
    trained.forEach(({ bestEpoch, weights }, i) => {
      // The best weights must be those of the last step.
      assert.equal(bestEpoch, epochs);
      const alone = trainedAlone(replicas[i], options);
      alone.forEach((values, at) => assertAllClose(weights[at], values, 1e-5));
    });
  });
}

for (const widths of [[2, 3], [2, 5, 3], [2, 7, 4, 6, 3]]) {
  Deno.test(`fitStack() with ${widths.length - 1} layers matches automatic differentiation`, () => {
    const options = { ...OPTIONS, widths };
    const [{ weights }] = fitStack([replica("a", 0.2)], PROBLEM, options);
    trainedAlone(replica("a", 0.2), options)
      .forEach((values, at) => assertAllClose(weights[at], values, 1e-5));
  });
}

Deno.test("fitStack() gives the same bytes for the same seed and name only", () => {
  const train = (seed: number, name: string) =>
    fitStack([{ ...replica(name, 0.1), seed }], PROBLEM, OPTIONS)[0].weights[0];
  assert.deepEqual(train(7, "a"), train(7, "a"));
  assert.notDeepEqual(train(7, "a"), train(8, "a"));
  assert.notDeepEqual(train(7, "a"), train(7, "b"));
});

Deno.test("fitStack() stops each network by its own patience, however they are packed", () => {
  const options = { ...OPTIONS, learningRate: 0.05, epochs: 300, patience: 6 };
  // More than one chunk can contain, so that chunks become empty and join.
  const replicas = Array.from(
    { length: 100 },
    (_, i) => replica(`n${i}`, (i % 4) / 10),
  );
  const together = fitStack(replicas, PROBLEM, options);
  for (const { epochs, bestEpoch } of together) {
    assert(epochs === bestEpoch + 6 || epochs === 300);
  }
  assert(new Set(together.map(({ epochs }) => epochs)).size > 5);
  for (const i of [0, 49, 50, 99]) {
    const [alone] = fitStack([replicas[i]], PROBLEM, options);
    assert.equal(together[i].bestEpoch, alone.bestEpoch);
    assertAllClose(
      [together[i].validationLogLoss],
      [alone.validationLogLoss],
      1e-5,
    );
    together[i].weights.forEach((values, at) =>
      assertAllClose(values, alone.weights[at], 1e-4)
    );
  }
});

Deno.test("fitStack() trains each network on its own rows, of any number", () => {
  const few = replica("few", 0.1, 20);
  const [, other, trained] = fitStack(
    [replica("all", 0.1), few, replica("more", 0.1, 25)],
    PROBLEM,
    OPTIONS,
  );
  trainedAlone(few, OPTIONS)
    .forEach((values, at) => assertAllClose(other.weights[at], values, 1e-5));
  assert.notDeepEqual(trained.weights[0], other.weights[0]);
});

Deno.test("fitStack() leaves no tensors, even if it fails", () => {
  const before = tf.memory().numTensors;
  fitStack([replica("a", 0.1), replica("b", 0)], PROBLEM, {
    ...OPTIONS,
    patience: 2,
  });
  assert.throws(
    () =>
      fitStack([replica("a", 0.1)], PROBLEM, {
        ...OPTIONS,
        learningRate: 1e38,
        patience: 2,
      }),
    /Training of a \(seed 7\) diverged/,
  );
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("fitStack() refuses invalid numbers and shapes", () => {
  const refuses = (change: Partial<StackOptions>, message: RegExp) =>
    assert.throws(
      () => fitStack([replica("a", 0.1)], PROBLEM, { ...OPTIONS, ...change }),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  refuses({ learningRate: 0 }, /learningRate must be in \(0, Infinity\)/);
  refuses({ batchSize: 0 }, /batchSize must be a whole number/);
  refuses({ epochs: 0.5 }, /epochs must be a whole number/);
  refuses({ patience: 0 }, /patience must be a whole number/);
  refuses({ widths: [2, 0, 3] }, /layer's width must be a whole number/);
  refuses(
    { widths: [3, 8, 3] },
    /points must be 42 rows of 3: they are 42 of 2/,
  );
  refuses({ widths: [2, 8, 4] }, /targets of a must be 42 rows of 4/);
  assert.throws(
    () => fitStack([replica("none", 0, 0)], PROBLEM, OPTIONS),
    /rows of none must be a whole number of at least 1/,
  );
});
