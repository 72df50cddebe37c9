import assert from "node:assert/strict";
import { tf } from "../../../lib/engine/engine.ts";
import { type Random, stream } from "../../../lib/random.ts";
import {
  betaSmoothing,
  rankedMasses,
} from "../../../lib/training/losses/beta_smoothing.ts";
import { assertAllClose } from "../all_close.ts";

/** A stream that returns these uniform numbers. */
function uniforms(...numbers: number[]): Random {
  const left = [...numbers];
  return { ...stream(1, "unused"), uniform: () => left.shift()! };
}

Deno.test("rankedMasses() assigns the largest draw to the largest score", () => {
  // To the power 1/2: 0.9, 0.3, 0.5.
  const random = uniforms(0.81, 0.09, 0.25);
  const masses = rankedMasses([-1, -7, -2], { a: 2, random });
  assertAllClose(masses, [0.9, 0.3, 0.5], 1e-12);
});

Deno.test("rankedMasses() ranks equal scores in row order", () => {
  const random = uniforms(0.3, 0.1, 0.2);
  const masses = rankedMasses([0, 0, -1], { a: 1, random });
  assertAllClose(masses, [0.2, 0.3, 0.1], 1e-12);
});

Deno.test("rankedMasses() draws from Beta(a, 1), with mean a / (a + 1)", () => {
  for (const a of [0.5, 3]) {
    const scores = new Float32Array(20_000);
    const masses = rankedMasses(scores, { a, random: stream(1, `beta ${a}`) });
    const mean = masses.reduce((sum, b) => sum + b) / masses.length;
    const variance = a / ((a + 1) ** 2 * (a + 2));
    const error = Math.sqrt(variance / masses.length);
    assert(Math.abs(mean - a / (a + 1)) < 4 * error, `${a}: ${mean}`);
    assert(masses.every((b) => b >= 0 && b < 1));
  }
});

const OPTIONS = { a: 3, weight: 0.6, decay: 0.9, classes: 3, seed: 5 };

Deno.test("betaSmoothing() is the weighted sum of two cross-entropies", () => {
  const labels = tf.tensor1d([2, 0, 1], "int32");
  const rows = tf.tensor1d([2, 0], "int32");
  // The average is more confident in the second row, of class 2.
  const average = tf.tensor2d([[0, 0, 0], [0, 0, 9]]);
  const logits = tf.tensor2d([[2, 1, 0], [0, 3, 1]]);
  const before = tf.memory().numTensors;
  const found = tf.tidy(() => {
    const { forBatch } = betaSmoothing(labels, OPTIONS);
    return forBatch(average, { rows, steps: 7 })(logits, rows).dataSync()[0];
  });
  assert.equal(tf.memory().numTensors, before);
  const random = stream(5, "beta/7");
  const [low, high] = [random.uniform(), random.uniform()]
    .map((u) => Math.cbrt(u)).sort((a, b) => a - b);
  const row = (z: number[], label: number, b: number) => {
    const total = Math.log(z.reduce((sum, x) => sum + Math.exp(x), 0));
    const losses = z.map((x) => total - x);
    const soft = losses.reduce(
      (sum, loss, k) => sum + loss * (k === label ? b : (1 - b) / 2),
      0,
    );
    return 0.4 * losses[label] + 0.6 * soft;
  };
  const expected = (row([2, 1, 0], 1, low) + row([0, 3, 1], 2, high)) / 2;
  assertAllClose([found], [expected], 1e-6);
});

Deno.test("betaSmoothing() draws new masses at each step, the same for the same seed", () => {
  tf.tidy(() => {
    const labels = tf.tensor1d([0, 1], "int32");
    const rows = tf.tensor1d([0, 1], "int32");
    const logits = tf.tensor2d([[2, 1, 0], [0, 3, 1]]);
    const at = (steps: number, seed = 5) =>
      betaSmoothing(labels, { ...OPTIONS, seed })
        .forBatch(logits, { rows, steps })(logits, rows).dataSync()[0];
    assert.equal(at(1), at(1));
    assert.notEqual(at(1), at(2));
    assert.notEqual(at(1), at(1, 6));
  });
});

Deno.test("the gradient of betaSmoothing() ignores the average", () => {
  tf.tidy(() => {
    const labels = tf.tensor1d([0], "int32");
    const rows = tf.tensor1d([0], "int32");
    const at = (z: tf.Tensor) =>
      betaSmoothing(labels, OPTIONS)
        .forBatch(z as tf.Tensor2D, { rows, steps: 0 })(z as tf.Tensor2D, rows);
    const slope = tf.grad(at)(tf.tensor2d([[0.4, -0.2, 1]])).dataSync();
    const h = 1e-2;
    [0, 1, 2].forEach((k) => {
      const [above, below] = [h, -h].map((d) => {
        const z = [0.4, -0.2, 1].map((x, i) => i === k ? x + d : x);
        return at(tf.tensor2d([z])).dataSync()[0];
      });
      assertAllClose([slope[k]], [(above - below) / (2 * h)], 1e-3);
    });
  });
});
