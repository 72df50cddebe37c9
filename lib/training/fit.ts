import { checkWhole } from "../bad_input.ts";
import type { LayersModel } from "../engine/tensor_types.ts";
import { checkSetting } from "../setting_rules.ts";
import type { FitContext, FitData, FitOptions } from "./fit_options.ts";
import type { EpochRecord } from "./history.ts";
import { checkSchedule } from "./schedule.ts";
import { TRAINING_SETTINGS } from "./settings.ts";
import { TrainingLoop } from "./training_loop.ts";

/**
 * Trains a model in place and leaves it with the weights of the epoch that had the
 * smallest validation log loss against hard labels.
 *
 * The same seed gives the same weights, bit for bit on the same CPU, even if training
 * is interrupted at any step and resumed. Each step is one TensorFlow graph, recorded
 * at the start (see `Program`); with the environment variable `ILS_ENGINE=eager` it is
 * executed operation by operation, with the same results.
 *
 * @param model maps images `[batch, height, width, channels]` to logits `[batch,
 * classes]`, without softmax
 * @param data training and validation images
 * @param options loss, optimizer and schedule
 * @param context checkpoint, callbacks and abort signal
 * @returns one record per epoch
 * @throws {BadInput} for an option outside its range, or a checkpoint that is damaged
 * or of another run
 * @throws {TrainingDiverged} if a training or validation loss is not finite
 *
 * @example Train on your own soft targets
 * ```ts
 * import { deepStrictEqual, ok } from "node:assert/strict";
 * import { deviceImages } from "@ils/label-smoothing/data";
 * import { argMax, probabilitiesOf } from "@ils/label-smoothing/logits";
 * import { buildModel, stream } from "@ils/label-smoothing/models";
 * import { adam, fit, predict, targetLoss } from "@ils/label-smoothing/training";
 *
 * // Four points as images of one row and two pixels, and a target row for each.
 * const size = { height: 1, width: 2, channels: 1 };
 * const images = deviceImages({
 *   images: Float32Array.of(2, 0, 3, 1, 0, 2, 1, 3),
 *   ...size,
 *   mean: [1.5],
 *   std: [1.1],
 * });
 * const labels = Int32Array.of(0, 0, 1, 1);
 * const targets = probabilitiesOf([[0.9, 0.1], [0.7, 0.3], [0.1, 0.9], [0, 1]]);
 * const loss = targetLoss(targets);
 * const random = stream(1, "init");
 * const model = buildModel("mlp", { ...size, classes: 2, random });
 *
 * const data = { train: images, validation: images, validationLabels: labels };
 * const history = await fit(model, data, {
 *   loss: loss.loss,
 *   optimizer: (weights) => adam(weights),
 *   schedule: { learningRate: 0.01, milestones: [], gamma: 1 },
 *   epochs: 5,
 *   batchSize: 2,
 *   seed: 1,
 * });
 * ok(history[4].trainLoss < history[0].trainLoss);
 * const logits = predict(model, images);
 * deepStrictEqual([0, 1, 2, 3].map((i) => argMax(logits, i)), [0, 0, 1, 1]);
 *
 * loss.dispose();
 * images.dispose();
 * model.dispose();
 * ```
 */
export async function fit(
  model: LayersModel,
  data: FitData,
  options: FitOptions,
  context: FitContext = {},
): Promise<EpochRecord[]> {
  checkFit(data, options);
  const loop = new TrainingLoop(model, data, options, context);
  try {
    if (context.resume) await loop.resume();
    if (!loop.finished) loop.prepare();
    while (!loop.finished) await loop.epoch();
    loop.restoreBest();
    return loop.history;
  } finally {
    loop.dispose();
  }
}

function checkFit(
  { train, validation }: FitData,
  { schedule, epochs, batchSize, patience }: FitOptions,
): void {
  checkSchedule(schedule);
  checkSetting("epochs", epochs, TRAINING_SETTINGS.epochs);
  checkSetting("batchSize", batchSize, TRAINING_SETTINGS.batchSize);
  if (patience !== undefined) {
    checkSetting("patience", patience, TRAINING_SETTINGS.patience);
  }
  checkWhole("Training images", train.size, 1);
  checkWhole("Validation images", validation.size, 1);
}
