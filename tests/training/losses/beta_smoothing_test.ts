import assert from "node:assert/strict";
import { tf } from "../../../lib/engine/engine.ts";
import { stream } from "../../../lib/random.ts";
import {
  betaDraws,
  betaSmoothing,
  byRank,
} from "../../../lib/training/losses/beta_smoothing.ts";
import { assertAllClose } from "../all_close.ts";

Deno.test("byRank() assigns the largest value to the largest score", () => {
  assert.deepEqual(ranked([0.3, 0.5, 0.9], [-1, -7, -2]), [0.9, 0.3, 0.5]);
});

Deno.test("byRank() ranks equal scores in row order", () => {
  assert.deepEqual(ranked([1, 2, 3, 4], [0, 0, -1, 0]), [2, 3, 1, 4]);
});

function ranked(values: number[], scores: number[]): number[] {
  return tf.tidy(() => {
    const found = byRank(tf.tensor1d(values), tf.tensor1d(scores));
    return Array.from(found.dataSync(), (x) => Number(x.toFixed(6)));
  });
}

Deno.test("betaDraws() draws from Beta(a, 1), with mean a / (a + 1), in order", () => {
  for (const a of [0.5, 3]) {
    const draws = betaDraws(20_000, { a, random: stream(1, `beta ${a}`) });
    const mean = draws.reduce((sum, b) => sum + b) / draws.length;
    const variance = a / ((a + 1) ** 2 * (a + 2));
    const error = Math.sqrt(variance / draws.length);
    assert(Math.abs(mean - a / (a + 1)) < 4 * error, `${a}: ${mean}`);
    assert(draws.every((b) => b >= 0 && b < 1));
    assert.deepEqual(draws, draws.toSorted());
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
    const loss = betaSmoothing(labels, OPTIONS);
    const draws = tf.tensor1d(loss.draw(2, 7));
    return loss.forBatch(average, { rows, draws })(logits, rows).dataSync()[0];
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
    const at = (steps: number, seed = 5) => {
      const loss = betaSmoothing(labels, { ...OPTIONS, seed });
      const draws = tf.tensor1d(loss.draw(2, steps));
      return loss.forBatch(logits, { rows, draws })(logits, rows).dataSync()[0];
    };
    assert.equal(at(1), at(1));
    assert.notEqual(at(1), at(2));
    assert.notEqual(at(1), at(1, 6));
  });
});

Deno.test("the gradient of betaSmoothing() ignores the average", () => {
  tf.tidy(() => {
    const labels = tf.tensor1d([0], "int32");
    const rows = tf.tensor1d([0], "int32");
    const loss = betaSmoothing(labels, OPTIONS);
    const draws = tf.tensor1d(loss.draw(1, 0));
    const at = (z: tf.Tensor) =>
      loss.forBatch(z as tf.Tensor2D, { rows, draws })(z as tf.Tensor2D, rows);
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
