import type { Tensor, Tensor1D, Tensor2D } from "../engine/tensor_types.ts";
import type { LossFn } from "./cross_entropy.ts";

/**
 * A loss that depends on random numbers and on the predictions of an exponential
 * moving average of the network's weights.
 */
export interface AveragedLoss {
  /** Decay of the moving average per step, in [0, 1). */
  readonly decay: number;
  /** Tensors that the loss reads besides its arguments, such as labels. */
  readonly tensors: readonly Tensor[];
  /**
   * Draws the numbers of a step, one per row of the batch.
   *
   * @param steps number of steps before this one
   */
  readonly draw: (batch: number, steps: number) => Float32Array;
  /**
   * The loss of one batch. The caller tidies up its tensors.
   *
   * @param averageLogits `[batch, classes]`, of the averaged network before the
   * step
   * @param batch rows in the training set, `[batch]` int32, and the numbers that
   * were drawn, `[batch]`
   */
  readonly forBatch: (
    averageLogits: Tensor2D,
    batch: { readonly rows: Tensor1D; readonly draws: Tensor1D },
  ) => LossFn;
}

/** A loss that `fit()` can minimise. */
export type TrainingLoss = LossFn | AveragedLoss;
