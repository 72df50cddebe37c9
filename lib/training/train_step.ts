import { tf } from "../engine/engine.ts";
import type { LossFn } from "./cross_entropy.ts";
import type { Optimizer } from "./optimizer.ts";

/** A model under training. */
export interface Learner {
  readonly model: tf.LayersModel;
  /** The weights that are trained, those that the optimizer was made for. */
  readonly variables: readonly tf.Variable[];
  readonly optimizer: Optimizer;
  readonly loss: LossFn;
}

/**
 * One step of training: forward, backward, and an update of the weights unless
 * the loss is not finite.
 *
 * @param images `[batch, height, width, channels]`
 * @param rows `[batch]` int32, the images' rows in the training set
 * @returns the batch's loss ahead of the update
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
