import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { SeededDropout } from "../../lib/models/seeded_dropout.ts";
import { assertAllClose } from "../training/all_close.ts";

const N = 10_000;

Deno.test("SeededDropout drops units at its rate and scales the others", () => {
  const values = mask(dropout(0.2), 1, 1, N);
  const kept = values.filter((value) => value !== 0);
  assert.ok(kept.every((value) => Math.abs(value - 1 / 0.8) < 1e-6));
  // Four standard errors of a proportion of 0.8.
  const error = 4 * Math.sqrt(0.8 * 0.2 / N);
  assertAllClose([kept.length / N], [0.8], error);
});

Deno.test("SeededDropout's mask depends on key and step only", () => {
  const [layer, other] = [dropout(0.5), dropout(0.5)];
  const first = mask(layer, 7, 3);
  assert.notDeepEqual(mask(layer, 7, 4), first);
  assert.notDeepEqual(mask(layer, 8, 3), first);
  assert.deepEqual(mask(layer, 7, 3), first);
  assert.deepEqual(mask(other, 7, 3), first);
});

Deno.test("SeededDropout is the identity in evaluation and at rate 0", () => {
  const x = tf.tensor1d([1, -2, 3]);
  const evaluated = dropout(0.5).apply(x, { training: false }) as tf.Tensor;
  assert.deepEqual([...evaluated.dataSync()], [1, -2, 3]);
  const trained = dropout(0).apply(x, { training: true }) as tf.Tensor;
  assert.deepEqual([...trained.dataSync()], [1, -2, 3]);
});

Deno.test("SeededDropout passes gradients of the units it kept", () => {
  const layer = dropout(0.5);
  layer.setNoise(tf.tensor1d(layer.noise(1, 2), "int32"));
  const slope = tf.grad((x) =>
    tf.sum(layer.apply(x, { training: true }) as tf.Tensor)
  );
  assert.deepEqual(slope(tf.ones([64])).dataSync(), mask(layer, 1, 2));
});

function dropout(rate: number): SeededDropout {
  return new SeededDropout({ name: "dropout", rate });
}

function mask(layer: SeededDropout, key: number, step: number, n = 64) {
  layer.setNoise(tf.tensor1d(layer.noise(key, step), "int32"));
  const y = layer.apply(tf.ones([n]), { training: true }) as tf.Tensor;
  return y.dataSync();
}
