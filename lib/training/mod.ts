/**
 * One training loop for soft targets, losses on hard labels and distillation, with
 * checkpoints, early stopping and seeded shuffling. `fit()` has a complete example.
 *
 * For a loss of your own, write a `LossFn` with the operations of
 * `@tensorflow/tfjs-node-gpu`; `lossReading()` names the tensors it uses.
 *
 * @module
 */
export { fit } from "./fit.ts";
export type { FitContext, FitData, FitOptions } from "./fit_options.ts";
export type { CheckpointPlace } from "./checkpoint_file.ts";
export { predict } from "./predict.ts";
export { targetLoss } from "./target_loss.ts";
export {
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
export { crossEntropy, type LossFn, lossReading } from "./cross_entropy.ts";
export type { AveragedLoss, TrainingLoss } from "./averaged_loss.ts";
export {
  adam,
  type AdamOptions,
  type Optimizer,
  sgd,
  type SgdOptions,
} from "./optimizer.ts";
export type { Schedule } from "./schedule.ts";
export { bestEpoch, type EpochRecord } from "./history.ts";
export type { StepReport } from "./step_report.ts";
export {
  displayProgress,
  lineProgress,
  type Progress,
  terminalProgress,
} from "./progress.ts";
export { TrainingDiverged } from "./training_diverged.ts";
export type { ProgramState } from "../engine/state.ts";
export type { DeviceImages } from "../data/device_images.ts";
export type {
  LayersModel,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
  Variable,
} from "../engine/tensor_types.ts";
export type { Matrix } from "../matrix.ts";
export type { Logits, Probabilities } from "../matrix_kinds.ts";
export type { Random } from "../random.ts";
export { BadInput } from "../bad_input.ts";
