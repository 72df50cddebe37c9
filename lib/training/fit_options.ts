import type { DeviceImages } from "../data/device_images.ts";
import type { Variable } from "../engine/tensor_types.ts";
import type { TrainingLoss } from "./averaged_loss.ts";
import type { CheckpointPlace } from "./checkpoint_file.ts";
import type { EpochRecord } from "./history.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedule.ts";
import type { StepReport } from "./step_report.ts";

/** Training and validation images. */
export interface FitData {
  /** Training images; the loss knows their targets by row. */
  readonly train: DeviceImages;
  /** Validation images, at least one. */
  readonly validation: DeviceImages;
  /** Class index of each validation image. */
  readonly validationLabels: Int32Array;
}

/** Options of `fit()`. */
export interface FitOptions {
  /** The loss to minimise, such as from `targetLoss()`. */
  readonly loss: TrainingLoss;
  /** Creates the optimizer of the trainable weights: `sgd()` or `adam()`. */
  readonly optimizer: (weights: Variable[]) => Optimizer;
  /** Learning rate per epoch. */
  readonly schedule: Schedule;
  /** Maximum number of epochs, at least 1. */
  readonly epochs: number;
  /** Images per step, at least 1. */
  readonly batchSize: number;
  /** Seed of shuffling, augmentation, dropout and stochastic depth. */
  readonly seed: number;
  /** Whether to crop and flip training images at random (false). */
  readonly augment?: boolean;
  /**
   * Early stopping: number of epochs without a new smallest validation loss after
   * which training stops, at least 1 (no early stopping).
   */
  readonly patience?: number;
}

/** Checkpoint, callbacks and abort signal of `fit()`. */
export interface FitContext {
  /** Where to save a checkpoint after each epoch (nowhere). */
  readonly checkpoint?: CheckpointPlace;
  /** Whether to resume from the checkpoint if there is one (false). */
  readonly resume?: boolean;
  /** Called after each step. */
  readonly onStep?: (step: StepReport) => void;
  /** Called after each epoch. */
  readonly onEpoch?: (record: EpochRecord) => void;
  /** Called with a line about a damaged checkpoint that was passed over. */
  readonly onRemark?: (remark: string) => void;
  /** If aborted, training saves its checkpoint and throws the signal's reason. */
  readonly signal?: AbortSignal;
}
