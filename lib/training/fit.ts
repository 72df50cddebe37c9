import { checkWhole } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
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

/** How often the loop lets timers and signals through. */
const YIELD_MS = 100;

/**
 * Trains a model in place and leaves it with the weights of the epoch whose
 * hard-label validation log loss was smallest.
 *
 * The same seed gives the same weights, bit for bit on one machine's CPU, also
 * after an interruption at any step and a resumption.
 *
 * @returns one record an epoch
 * @throws {TrainingDiverged} if a loss is not finite
 */
export async function fit(
  model: tf.LayersModel,
  data: FitData,
  options: FitOptions,
  context: FitContext = {},
): Promise<EpochRecord[]> {
  checkFit(data, options);
  const loop = new Loop(model, data, options, context);
  try {
    if (context.resume) await loop.resume();
    while (!loop.finished) await loop.epoch();
    loop.putBestBack();
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

/** A training under way. */
class Loop {
  readonly #learner: Omit<Learner, "loss">;
  /** Where the loss asks for it. */
  readonly #average: WeightAverage | undefined;
  readonly #reseeded: Reseeded[];
  readonly #stepsAnEpoch: number;
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
    this.#stepsAnEpoch = Math.ceil(data.train.size / options.batchSize);
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
    while (this.#position.step < this.#stepsAnEpoch) {
      const from = this.#position.step * batchSize;
      const rows = order.subarray(from, from + batchSize);
      const loss = this.#step(rows, learningRate);
      const batch = { loss, samples: rows.length };
      this.#position = afterStep(this.#position, batch, elapsed());
      const scale = { epochs, steps: this.#stepsAnEpoch };
      this.context.onStep?.(stepReport(this.#position, scale));
      await this.#breathe();
    }
    await this.#endEpoch(learningRate, elapsed);
  }

  /** One batch; returns its mean loss. */
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

  putBestBack(): void {
    this.model.setWeights(this.#best);
  }

  /** Lets timers and signals run, and stops where one asked for it. */
  async #breathe(): Promise<void> {
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
