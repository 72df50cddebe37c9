import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { batchNormalization } from "../../lib/models/fused_batch_norm.ts";
import { variablesOf } from "../../lib/models/variables_of.ts";
import { assertAllClose } from "../training/all_close.ts";
import { reference, referenceTensor } from "../training/torch_reference.ts";

const CASE = "batchNormalisation";

Deno.test("batchNormalization() trains and updates its statistics as in PyTorch", () => {
  const layer = openLayer("as_torch", 2);
  const dy = referenceTensor(`${CASE}/dy`);
  layer.setWeights([
    referenceTensor(`${CASE}/gamma`),
    referenceTensor(`${CASE}/beta`),
    tf.zeros([2]),
    tf.ones([2]),
  ]);
  for (let step = 0; step < 3; step++) {
    const x = referenceTensor(`${CASE}/x${step}`);
    const y = layer.apply(x, { training: true }) as tf.Tensor;
    closeToTorch(y, `y${step}`);
    const [, , mean, variance] = layer.getWeights();
    closeToTorch(mean, `mean${step}`);
    closeToTorch(variance, `variance${step}`);
  }
  const x = referenceTensor(`${CASE}/x2`);
  closeToTorch(layer.apply(x, { training: false }) as tf.Tensor, "evaluated");
  const [gamma, beta] = variablesOf(layer.trainableWeights);
  const weighted = (x: tf.Tensor) =>
    tf.sum(tf.mul(layer.apply(x, { training: true }) as tf.Tensor, dy));
  closeToTorch(tf.grad(weighted)(x), "dx");
  const { grads } = tf.variableGrads(
    () => weighted(x) as tf.Scalar,
    [gamma, beta],
  );
  closeToTorch(grads[gamma.name], "dgamma");
  closeToTorch(grads[beta.name], "dbeta");
});

Deno.test("batchNormalization() treats rows as images of one pixel", () => {
  const random = tf.tensor2d([[1, 2], [3, 5], [8, 0]]);
  const rows = openLayer("rows", 2, 2);
  const images = openLayer("pixels", 2);
  const training = { training: true };
  const fromRows = rows.apply(random, training) as tf.Tensor;
  const fromImages = images.apply(random.reshape([3, 1, 1, 2]), training);
  assert.deepEqual(fromRows.shape, [3, 2]);
  assert.deepEqual(
    fromRows.dataSync(),
    (fromImages as tf.Tensor).dataSync(),
  );
  // Column 0 has mean 4 and unbiased variance (9 + 1 + 16) / 2 = 13.
  const [, , mean, variance] = rows.getWeights();
  assertAllClose(mean.dataSync(), [0.4, 0.1 * 7 / 3], 1e-6);
  assertAllClose(
    [variance.dataSync()[0]],
    [0.9 * 1 + 0.1 * 13],
    1e-6,
  );
});

Deno.test("batchNormalization() leaves no tensors behind", () => {
  const layer = openLayer("leak", 2);
  const x = referenceTensor(`${CASE}/x0`);
  const before = tf.memory().numTensors;
  for (const training of [true, false]) {
    const apply = (x: tf.Tensor) => layer.apply(x, { training }) as tf.Tensor;
    tf.dispose(tf.tidy(() => apply(x)));
    tf.dispose(tf.tidy(() => tf.grad(apply)(x)));
  }
  assert.equal(tf.memory().numTensors, before);
});

function openLayer(name: string, channels: number, rank = 4): tf.layers.Layer {
  const layer = batchNormalization(name);
  layer.build(rank === 4 ? [null, 3, 3, channels] : [null, channels]);
  return layer;
}

function closeToTorch(tensor: tf.Tensor, name: string): void {
  const expected = reference(`${CASE}/${name}`);
  assertAllClose(tensor.dataSync(), expected, 1e-5, name);
}
