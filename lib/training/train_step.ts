import { tf } from "../engine/engine.ts";
import type { LossFn } from "./cross_entropy.ts";
import type { Optimizer } from "./optimizer.ts";

/** A model with its optimizer and loss. */
export interface Learner {
  readonly model: tf.LayersModel;
  /** The trainable weights, in the optimizer's order. */
  readonly variables: readonly tf.Variable[];
  readonly optimizer: Optimizer;
  readonly loss: LossFn;
}

/**
 * One step of training: forward pass, backward pass and, if the loss is finite, an
 * update of the weights.
 *
 * @param batch `images` `[batch, height, width, channels]` and their `rows` in the
 * training set, `[batch]` int32
 * @returns the loss of the batch before the update
 */
export function trainStep(
  { model, variables, optimizer, loss }: Learner,
  { images, rows, learningRate }: {
    readonly images: tf.Tensor4D;
    readonly rows: tf.Tensor1D;
    readonly learningRate: number;
  },
): number {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = model.apply(images, { training: true }) as tf.Tensor2D;
      return loss(logits, rows);
    }, [...variables]);
    const result = value.dataSync()[0];
    if (Number.isFinite(result)) {
      optimizer.step(variables.map(({ name }) => grads[name]), learningRate);
    }
    return result;
  });
}
