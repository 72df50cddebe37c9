import type { tf } from "../engine/engine.ts";
import type { LossFn } from "./cross_entropy.ts";

/**
 * A loss that asks a moving average of the network what it makes of a batch,
 * ahead of the batch's step.
 */
export interface AveragedLoss {
  /** How much the average of the weights keeps of itself in a step, in [0, 1). */
  readonly decay: number;
  /**
   * The loss of one batch; its tensors are the caller's to tidy.
   *
   * @param averageLogits `[batch, classes]`, by the averaged network
   * @param batch its rows in the training set, `[batch]` int32, and the steps
   * that were done before it
   */
  readonly forBatch: (
    averageLogits: tf.Tensor2D,
    batch: { readonly rows: tf.Tensor1D; readonly steps: number },
  ) => LossFn;
}

/** What a network is trained by. */
export type TrainingLoss = LossFn | AveragedLoss;
