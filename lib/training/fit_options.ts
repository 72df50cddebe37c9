import type { DeviceImages } from "../data/device_images.ts";
import type { tf } from "../engine/engine.ts";
import type { TrainingLoss } from "./averaged_loss.ts";
import type { CheckpointPlace } from "./checkpoint.ts";
import type { EpochRecord } from "./history.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedule.ts";
import type { StepReport } from "./step_report.ts";

/** Training images, and validation images with their hard labels. */
export interface FitData {
  readonly train: DeviceImages;
  readonly validation: DeviceImages;
  readonly validationLabels: Int32Array;
}

/** How to train. */
export interface FitOptions {
  readonly loss: TrainingLoss;
  readonly optimizer: (weights: tf.Variable[]) => Optimizer;
  readonly schedule: Schedule;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of shuffling, augmentation, dropout and stochastic depth. */
  readonly seed: number;
  readonly augment?: boolean;
  /** Epochs without a new smallest validation loss before training stops. */
  readonly patience?: number;
}

/** What goes on around the training. */
export interface FitContext {
  readonly checkpoint?: CheckpointPlace;
  /** Go on from the checkpoint, where there is one. */
  readonly resume?: boolean;
  readonly onStep?: (step: StepReport) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
  /** When aborted, training saves its checkpoint and throws the reason. */
  readonly signal?: AbortSignal;
}
