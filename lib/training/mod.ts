/**
 * One training loop for soft targets, losses on hard labels and distillation, with
 * checkpoints, early stopping and seeded shuffling.
 *
 * @module
 */
export { fit } from "./fit.ts";
export type { FitContext, FitData, FitOptions } from "./fit_options.ts";
export { predict } from "./predict.ts";
export {
  crossEntropy,
  crossEntropyLoss,
  type LossFn,
} from "./cross_entropy.ts";
export {
  type DistillationLoss,
  distillationLoss,
  type DistillationOptions,
} from "./losses/distillation.ts";
export {
  LOSS_NAMES,
  LOSS_NUMBERS,
  type LossName,
  type LossNumbers,
  type LossSpec,
  parseLoss,
} from "./loss_spec.ts";
export { type LossData, type OpenLoss, openLoss } from "./open_loss.ts";
export {
  adam,
  type AdamOptions,
  type Optimizer,
  sgd,
  type SgdOptions,
} from "./optimizer.ts";
export { learningRateAt, type Schedule } from "./schedule.ts";
export { bestEpoch, type EpochRecord } from "./history.ts";
export {
  displayProgress,
  lineProgress,
  type Progress,
  silentProgress,
  terminalProgress,
} from "./progress.ts";
export { TrainingDiverged } from "./training_diverged.ts";
export { BadInput } from "../bad_input.ts";
