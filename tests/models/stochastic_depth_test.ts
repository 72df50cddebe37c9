import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { noisyLayers } from "../../lib/models/noisy_layers.ts";
import { resnet110Sd } from "../../lib/models/resnet.ts";
import { StochasticDepth } from "../../lib/models/stochastic_depth.ts";
import { hash32 } from "../../lib/random.ts";
import { assertAllClose } from "../training/all_close.ts";

const STEPS = 10_000;

Deno.test("StochasticDepth keeps a whole batch or none of it, with probability survival", () => {
  const layer = depth(0.7);
  const x = tf.tensor2d([[1, -2], [3, 4]]);
  let kept = 0;
  for (let step = 0; step < STEPS; step++) {
    const key = hash32("1/depth/block");
    const y = tf.tidy(() => [...trained(layer, x, key, step).dataSync()]);
    if (y[0] === 1) kept++;
    assert.deepEqual(y.map(Math.abs), y[0] === 1 ? [1, 2, 3, 4] : [0, 0, 0, 0]);
  }
  // Four standard errors of a proportion of 0.7.
  assertAllClose([kept / STEPS], [0.7], 4 * Math.sqrt(0.7 * 0.3 / STEPS));
});

Deno.test("StochasticDepth returns in evaluation the mean over training steps", () => {
  const x = tf.tensor1d([1, -2, 3]);
  const y = depth(0.7).apply(x, { training: false }) as tf.Tensor;
  assertAllClose(y.dataSync(), [0.7, -1.4, 2.1], 1e-6);
});

Deno.test("StochasticDepth depends on key and step only", () => {
  const steps = (layer: StochasticDepth, key: number) =>
    Array.from({ length: 64 }, (_, step) => {
      const one = tf.tensor1d([1]);
      return tf.tidy(() => trained(layer, one, key, step).dataSync()[0]);
    });
  const layer = depth(0.5);
  const first = steps(layer, 7);
  assert.notDeepEqual(steps(layer, 8), first);
  assert.deepEqual(steps(layer, 7), first);
  assert.deepEqual(steps(depth(0.5), 7), first);
});

Deno.test("StochasticDepth passes gradients if it keeps the batch, otherwise zeros", () => {
  const layer = depth(0.5);
  const seen = new Set<number>();
  for (let step = 0; step < 16; step++) {
    const call = (x: tf.Tensor) => trained(layer, x, 1, step);
    const slope = tf.grad((x) => tf.sum(tf.mul(call(x), 3)));
    const value = tf.tidy(() => call(tf.scalar(1)).dataSync()[0]);
    const [gradient] = slope(tf.scalar(1)).dataSync();
    assert.equal(gradient, 3 * value);
    seen.add(gradient);
  }
  assert.deepEqual([...seen].sort(), [0, 3]);
});

Deno.test("resnet110-sd keeps later blocks less often, the last one half the time", () => {
  const size = { height: 8, width: 8, channels: 3, classes: 10 };
  const model = resnet110Sd({ ...size, random: null });
  const layers = noisyLayers(model) as unknown as StochasticDepth[];
  assertAllClose(
    layers.map(({ survival }) => survival),
    Array.from({ length: 54 }, (_, i) => 1 - (i + 1) / 54 / 2),
    1e-12,
  );
  model.dispose();
});

function depth(survival: number): StochasticDepth {
  return new StochasticDepth({ name: "block", survival });
}

function trained(
  layer: StochasticDepth,
  x: tf.Tensor,
  key: number,
  step: number,
): tf.Tensor {
  layer.setNoise(tf.tensor1d(layer.noise(key, step)));
  return layer.apply(x, { training: true }) as tf.Tensor;
}
