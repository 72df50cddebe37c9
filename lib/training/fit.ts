import { checkWhole } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
import type { LayersModel } from "../engine/tensor_types.ts";
import { type Reseeded, reseededLayers } from "../models/reseeded.ts";
import { hash32, stream } from "../random.ts";
import { checkSetting } from "../setting_rules.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import type { LossFn } from "./cross_entropy.ts";
import type { FitContext, FitData, FitOptions } from "./fit_options.ts";
import { bestEpoch, type EpochRecord } from "./history.ts";
import { afterEpoch, afterStep, START } from "./position.ts";
import { checkSchedule, learningRateAt } from "./schedule.ts";
import { TRAINING_SETTINGS } from "./settings.ts";
import { stepReport } from "./step_report.ts";
import { type Learner, trainStep } from "./train_step.ts";
import { TrainingDiverged } from "./training_diverged.ts";
import { validate } from "./validate.ts";
import { WeightAverage } from "./weight_average.ts";

/** Interval in which the loop lets timers and signal handlers run. */
const YIELD_MS = 100;

/**
 * Trains a model in place and leaves it with the weights of the epoch that had the
 * smallest validation log loss against hard labels.
 *
 * The same seed gives the same weights, bit for bit on the same CPU, even if training
 * is interrupted at any step and resumed.
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
  const loop = new Loop(model, data, options, context);
  try {
    if (context.resume) await loop.resume();
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

/** The state of one training. */
class Loop {
  readonly #learner: Omit<Learner, "loss">;
  /** Undefined if the loss does not use it. */
  readonly #average: WeightAverage | undefined;
  readonly #reseeded: Reseeded[];
  readonly #stepsPerEpoch: number;
  #best: tf.Tensor[] = [];
  #position = START;
  #yielded = performance.now();

  constructor(
    readonly model: tf.LayersModel,
    readonly data: FitData,
    readonly options: FitOptions,
    readonly context: FitContext,
  ) {
    const variables = model.trainableWeights
      .map((weight) => weight.read() as tf.Variable);
    const optimizer = options.optimizer(variables);
    this.#learner = { model, variables, optimizer };
    if (typeof options.loss !== "function") {
      this.#average = new WeightAverage(model, options.loss.decay);
    }
    this.#reseeded = reseededLayers(model);
    this.#stepsPerEpoch = Math.ceil(data.train.size / options.batchSize);
  }

  get history(): EpochRecord[] {
    return [...this.#position.history];
  }

  get finished(): boolean {
    const { history } = this.#position;
    if (history.length === 0) return false;
    const waited = history.length - bestEpoch(history).epoch;
    const { epochs, patience = Infinity } = this.options;
    return history.length >= epochs || waited >= patience;
  }

  async resume(): Promise<void> {
    const { checkpoint: place } = this.context;
    const found = place && await loadCheckpoint(place);
    if (!found) return;
    this.#best = [...found.best];
    this.#position = found.position;
    try {
      this.model.setWeights([...found.weights]);
      this.#learner.optimizer.restore(found.optimizer, found.position.steps);
      this.#average?.restore(found.average);
    } finally {
      tf.dispose([...found.weights, ...found.optimizer, ...found.average]);
    }
  }

  async epoch(): Promise<void> {
    const { seed, schedule, epochs, batchSize } = this.options;
    const { epoch, seconds: before } = this.#position;
    const learningRate = learningRateAt(schedule, epoch, epochs);
    const order = stream(seed, `shuffle/${epoch}`)
      .permutation(this.data.train.size);
    const started = performance.now();
    const elapsed = () => before + (performance.now() - started) / 1000;
    while (this.#position.step < this.#stepsPerEpoch) {
      const from = this.#position.step * batchSize;
      const rows = order.subarray(from, from + batchSize);
      const loss = this.#step(rows, learningRate);
      const batch = { loss, samples: rows.length };
      this.#position = afterStep(this.#position, batch, elapsed());
      const totals = { epochs, steps: this.#stepsPerEpoch };
      this.context.onStep?.(stepReport(this.#position, totals));
      await this.#yieldToSignals();
    }
    await this.#endEpoch(learningRate, elapsed);
  }

  /** Takes one step and returns the mean loss of its batch. */
  #step(rows: Int32Array, learningRate: number): number {
    const position = this.#position;
    const { epoch, step, steps } = position;
    const { seed, augment } = this.options;
    for (const layer of this.#reseeded) {
      layer.reseed(hash32(`${seed}/${layer.stream}/${layer.name}`), steps);
    }
    const augmentation = augment
      ? stream(seed, `augment/${epoch}/${step}`)
      : undefined;
    const loss = tf.tidy(() => {
      const indices = tf.tensor1d(rows, "int32");
      const images = this.data.train.gather(indices, augmentation);
      const learner = { ...this.#learner, loss: this.#lossOf(images, indices) };
      return trainStep(learner, { images, rows: indices, learningRate });
    });
    this.#average?.update(steps + 1);
    if (Number.isFinite(loss)) return loss;
    const failed = { what: "training", loss, step: step + 1 } as const;
    throw new TrainingDiverged({ ...failed, position });
  }

  #lossOf(images: tf.Tensor4D, rows: tf.Tensor1D): LossFn {
    const { loss } = this.options;
    if (typeof loss === "function") return loss;
    const { steps } = this.#position;
    return loss.forBatch(this.#average!.logits(images), { rows, steps });
  }

  async #endEpoch(
    learningRate: number,
    elapsed: () => number,
  ): Promise<void> {
    const position = this.#position;
    const { step, samples, lossSum, seconds, history } = position;
    const { loss, accuracy } = validate(this.model, this.data);
    if (!Number.isFinite(loss)) {
      const failed = { what: "validation", loss, step } as const;
      throw new TrainingDiverged({ ...failed, position });
    }
    const record: EpochRecord = {
      epoch: history.length + 1,
      learningRate,
      trainLoss: lossSum / samples,
      validationLoss: loss,
      validationAccuracy: accuracy,
      seconds: elapsed(),
      imagesPerSecond: samples / seconds,
    };
    this.#position = afterEpoch(position, record);
    if (bestEpoch(this.#position.history) === record) this.#keepBest();
    this.context.onEpoch?.(record);
    await this.#save();
  }

  #keepBest(): void {
    tf.dispose(this.#best);
    this.#best = this.model.getWeights().map((weight) => tf.clone(weight));
  }

  restoreBest(): void {
    this.model.setWeights(this.#best);
  }

  /** Lets timers and signal handlers run; saves and throws if aborted. */
  async #yieldToSignals(): Promise<void> {
    const { signal } = this.context;
    if (performance.now() - this.#yielded > YIELD_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      this.#yielded = performance.now();
    }
    if (!signal?.aborted) return;
    await this.#save();
    throw signal.reason;
  }

  async #save(): Promise<void> {
    const { checkpoint: place } = this.context;
    if (!place) return;
    const optimizer = this.#learner.optimizer.state();
    try {
      await saveCheckpoint(place, {
        position: this.#position,
        weights: this.model.getWeights(),
        best: this.#best,
        optimizer,
        average: this.#average?.state() ?? [],
      });
    } finally {
      tf.dispose(optimizer);
    }
  }

  dispose(): void {
    tf.dispose(this.#best);
    this.#learner.optimizer.dispose();
    this.#average?.dispose();
  }
}
