import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { variablesOf } from "../../lib/models/variables_of.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { assertAllClose } from "../training/all_close.ts";

/** Number of classes of the networks in the fixtures. */
export const CLASSES = 10;

/**
 * One step of Nesterov momentum with learning rate 0.1, where image i has class i.
 *
 * @returns loss and logits before the step
 */
export function trainOneStep(model: tf.LayersModel, images: tf.Tensor) {
  const weights = variablesOf(model.trainableWeights);
  const rows = tf.range(0, images.shape[0], 1, "int32");
  const targets = tf.oneHot(rows, CLASSES).toFloat() as tf.Tensor2D;
  const loss = crossEntropyLoss(targets);
  let logits = new Float32Array();
  const { value, grads } = tf.variableGrads(() => {
    const output = model.apply(images, { training: true }) as tf.Tensor2D;
    logits = output.dataSync().slice() as Float32Array<ArrayBuffer>;
    return loss(output, rows);
  }, weights);
  const optimizer = sgd(weights, { momentum: 0.9, weightDecay: 1e-4 });
  optimizer.step(weights.map(({ name }) => grads[name]), 0.1);
  return { loss: value.dataSync(), logits };
}

/** Samples of a weight before and after a step. */
export interface Move {
  readonly what: string;
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

/** Compares changes of weights, since the step is small compared with them. */
export function assertSameMoves(
  moves: readonly Move[],
  expected: Float32Array,
): void {
  let at = 0;
  for (const { what, before, after } of moves) {
    const found = Array.from(before, (start, k) => after[k] - start);
    const torch = Array.from(before, (start) => expected[at++] - start);
    const largest = Math.max(...torch.map(Math.abs));
    assert.ok(largest > 0, `${what} moves`);
    assertAllClose(found, torch, 1e-3 * largest + 1e-6, `move of ${what}`);
  }
  assert.equal(at, expected.length);
}

/** Every `every`-th number. */
export function sampled(
  values: ArrayLike<number>,
  every: number,
): number[] {
  return Array.from(
    { length: Math.ceil(values.length / every) },
    (_, k) => values[k * every],
  );
}
