import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { assertAllClose } from "../training/all_close.ts";

/** Classes of the networks that the fixtures have steps of. */
export const CLASSES = 10;

/** The numbers of a model that training moves, in the model's order. */
export function trainedVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/**
 * One step of Nesterov momentum by 0.1, the i-th image being of class i; the
 * loss and logits are those before it.
 */
export function trainOneStep(model: tf.LayersModel, images: tf.Tensor) {
  const weights = trainedVariables(model);
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

/** A weight before and after a step, sampled alike. */
export interface Move {
  readonly what: string;
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

/** Compares by how much weights moved, as the step is small beside them. */
export function assertSameMoves(
  moves: readonly Move[],
  expected: Float32Array,
): void {
  let at = 0;
  for (const { what, before, after } of moves) {
    const own = Array.from(before, (start, k) => after[k] - start);
    const theirs = Array.from(before, (start) => expected[at++] - start);
    const largest = Math.max(...theirs.map(Math.abs));
    assert.ok(largest > 0, `${what} moves`);
    assertAllClose(own, theirs, 1e-3 * largest + 1e-6, `move of ${what}`);
  }
  assert.equal(at, expected.length);
}

/** Every so manyth number. */
export function sampled(
  values: ArrayLike<number>,
  every: number,
): number[] {
  return Array.from(
    { length: Math.ceil(values.length / every) },
    (_, k) => values[k * every],
  );
}
