import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import {
  crossEntropy,
  crossEntropyLoss,
} from "../../lib/training/cross_entropy.ts";
import { assertAllClose } from "./all_close.ts";
import { reference, referenceTensor } from "./torch_reference.ts";

Deno.test("crossEntropy() matches a calculation by hand", () => {
  const logits = tf.tensor2d([[0, 0], [Math.log(3), 0], [Math.log(3), 0]]);
  const targets = tf.tensor2d([[1, 0], [1, 0], [0.25, 0.75]]);
  const [even, right, soft] = crossEntropy(logits, targets).dataSync();
  assertAllClose([even], [Math.log(2)], 1e-6);
  // softmax is (3/4, 1/4)
  assertAllClose([right], [-Math.log(3 / 4)], 1e-6);
  const expected = -0.25 * Math.log(3 / 4) - 0.75 * Math.log(1 / 4);
  assertAllClose([soft], [expected], 1e-6);
});

Deno.test("crossEntropy() has PyTorch's values and gradient for logits up to 1000", () => {
  const logits = referenceTensor("crossEntropy/logits") as tf.Tensor2D;
  const targets = referenceTensor("crossEntropy/targets") as tf.Tensor2D;
  const rows = reference("crossEntropy/rows");
  const found = crossEntropy(logits, targets).dataSync();
  found.forEach((value, i) =>
    assertAllClose([value], [rows[i]], 1e-6 * Math.max(1, rows[i]))
  );
  const mean = (z: tf.Tensor) =>
    tf.mean(crossEntropy(z as tf.Tensor2D, targets));
  const gradient = tf.grad(mean)(logits).dataSync();
  assertAllClose(gradient, reference("crossEntropy/gradient"), 1e-6);
});

Deno.test("the gradient of crossEntropy() matches finite differences", () => {
  const logits = [0.5, -1, 2, 0.1, 0, -0.3];
  const targets = tf.tensor2d([[0.7, 0.2, 0.1], [0, 0.5, 0.5]]);
  // Rows have different weights, so that a wrong upstream gradient shows.
  const weights = tf.tensor1d([1, -3]);
  const value = (z: tf.Tensor) =>
    tf.sum(tf.mul(crossEntropy(z as tf.Tensor2D, targets), weights));
  const at = (numbers: number[]) => value(tf.tensor2d(numbers, [2, 3]));
  const slope = tf.grad(value)(tf.tensor2d(logits, [2, 3])).dataSync();
  const h = 1e-2;
  logits.forEach((_, i) => {
    const [above, below] = [h, -h].map((d) =>
      at(logits.map((z, k) => k === i ? z + d : z)).dataSync()[0]
    );
    assertAllClose([slope[i]], [(above - below) / (2 * h)], 1e-4, `slope ${i}`);
  });
});

Deno.test("crossEntropyLoss() looks up a batch's targets by row", () => {
  const targets = tf.tensor2d([[1, 0], [0, 1], [0.5, 0.5]]);
  const logits = tf.tensor2d([[1, 1], [Math.log(3), 0]]);
  const rows = tf.tensor1d([2, 1], "int32");
  const before = tf.memory().numTensors;
  const loss = tf.tidy(() =>
    crossEntropyLoss(targets)(logits, rows).dataSync()
  );
  assertAllClose(loss, [(Math.log(2) - Math.log(1 / 4)) / 2], 1e-6);
  assert.equal(tf.memory().numTensors, before);
});
