import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { adam, type Optimizer, sgd } from "../../lib/training/optimizer.ts";
import { assertAllClose } from "./all_close.ts";
import { reference, referenceTensor } from "./torch_reference.ts";

type Make = (weights: tf.Variable[]) => Optimizer;

const nesterov: Make = (weights) =>
  sgd(weights, { momentum: 0.9, weightDecay: 1e-2 });

Deno.test("sgd() matches PyTorch's Nesterov momentum, even if the rate falls", () => {
  walksAsTorch("sgd", nesterov);
});

Deno.test("adam() matches PyTorch's, even if the rate falls", () => {
  walksAsTorch("adam", (weights) => adam(weights));
});

Deno.test("adam() with weight decay matches PyTorch's", () => {
  walksAsTorch("adamDecay", (weights) => adam(weights, { weightDecay: 1e-2 }));
});

Deno.test("two steps of sgd() match a calculation by hand", () => {
  const weight = tf.variable(tf.scalar(1));
  const optimizer = sgd([weight], { momentum: 0.5, weightDecay: 0.1 });
  // g = 2 + 0.1 * 1, v = g, w = 1 - 0.1 * (2.1 + 0.5 * 2.1)
  optimizer.step([tf.scalar(2)], 0.1);
  assertAllClose(weight.dataSync(), [0.685], 1e-6);
  // g = -1 + 0.0685, v = 0.5 * 2.1 - 0.9315, w = 0.685 - (g + 0.5 * v)
  optimizer.step([tf.scalar(-1)], 1);
  assertAllClose(weight.dataSync(), [0.685 + 0.9315 - 0.5 * 0.1185], 1e-6);
  optimizer.dispose();
});

for (const [name, make] of Object.entries({ sgd: nesterov, adam })) {
  Deno.test(`${name}() continues identically after a restore`, () => {
    const uninterrupted = walk(name, make, 20);
    const resumed = walk(name, make, 20, 7);
    assert.deepEqual(resumed, uninterrupted);
  });

  Deno.test(`${name}() leaves no tensors and disposes its state`, () => {
    const gradient = tf.ones([3]);
    const weight = tf.variable(tf.zeros([3]));
    const outside = tf.memory().numTensors;
    const optimizer = make([weight]);
    const inside = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) optimizer.step([gradient], 0.1);
    assert.equal(tf.memory().numTensors, inside);
    tf.dispose(optimizer.state());
    optimizer.dispose();
    assert.equal(tf.memory().numTensors, outside);
  });
}

function walksAsTorch(name: string, make: Make): void {
  const path = reference(`${name}/path`);
  const steps = reference(`${name}/rates`).length;
  for (const last of [1, 2, 10, 11, steps]) {
    const expected = path.subarray(6 * (last - 1), 6 * last);
    const what = `${name} after step ${last}`;
    assertAllClose(walk(name, make, last), expected, 2e-6, what);
  }
}

/** Weights after some steps; a restored optimizer takes over after step `stop`. */
function walk(name: string, make: Make, steps: number, stop = Infinity) {
  const rates = reference(`${name}/rates`);
  const gradients = tf.unstack(referenceTensor(`${name}/gradients`));
  const weight = tf.variable(referenceTensor(`${name}/start`));
  let optimizer = make([weight]);
  for (let step = 0; step < steps; step++) {
    if (step === stop) {
      const next = make([weight]);
      next.restore(optimizer.state(), step);
      optimizer.dispose();
      optimizer = next;
    }
    optimizer.step([gradients[step]], rates[step]);
  }
  optimizer.dispose();
  return weight.dataSync();
}
