import { checkWhole } from "../bad_input.ts";
import type { DeviceImages } from "../data/device_images.ts";
import { tf } from "../engine.ts";
import { SeededDropout } from "../models/seeded_dropout.ts";
import { hash32, stream } from "../random.ts";
import {
  type CheckpointPlace,
  loadCheckpoint,
  type Position,
  saveCheckpoint,
} from "./checkpoint.ts";
import type { LossFn } from "./cross_entropy.ts";
import { bestEpoch, type EpochRecord } from "./history.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkSchedule, learningRateAt, type Schedule } from "./schedule.ts";
import { validate } from "./validate.ts";

/** Training images, and validation images with their hard labels. */
export interface FitData {
  readonly train: DeviceImages;
  readonly validation: DeviceImages;
  readonly validationLabels: Int32Array;
}

/** How to train. */
export interface FitOptions {
  readonly loss: LossFn;
  readonly optimizer: (weights: tf.Variable[]) => Optimizer;
  readonly schedule: Schedule;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of shuffling, augmentation and dropout. */
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

/** Where training stands after a step. */
export interface StepReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and all of an epoch. */
  readonly step: number;
  readonly steps: number;
  /** Mean training loss of this epoch so far. */
  readonly loss: number;
  readonly imagesPerSecond: number;
  /** Until the last epoch ends, if none stops early. */
  readonly secondsLeft: number;
}

/** Training whose loss is no number any more. */
export class TrainingDiverged extends Error {
  override readonly name = "TrainingDiverged";
}

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
  checkSchedule(options.schedule);
  checkWhole("Epochs", options.epochs, 1);
  checkWhole("Batch size", options.batchSize, 1);
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

/** A training under way. */
class Loop {
  readonly #variables: tf.Variable[];
  readonly #optimizer: Optimizer;
  readonly #dropouts: SeededDropout[];
  readonly #stepsAnEpoch: number;
  #best: tf.Tensor[] = [];
  #position: Position = {
    epoch: 0,
    step: 0,
    steps: 0,
    lossSum: 0,
    seconds: 0,
    history: [],
  };
  #yielded = performance.now();

  constructor(
    readonly model: tf.LayersModel,
    readonly data: FitData,
    readonly options: FitOptions,
    readonly context: FitContext,
  ) {
    this.#variables = model.trainableWeights
      .map((weight) => weight.read() as tf.Variable);
    this.#optimizer = options.optimizer(this.#variables);
    this.#dropouts = model.layers.filter((layer) =>
      layer instanceof SeededDropout
    );
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
    this.model.setWeights([...found.weights]);
    this.#optimizer.restore(found.optimizer, found.position.steps);
    this.#best = [...found.best];
    this.#position = found.position;
    tf.dispose([...found.weights, ...found.optimizer]);
  }

  async epoch(): Promise<void> {
    const { seed, schedule, epochs, batchSize } = this.options;
    const { epoch } = this.#position;
    const order = stream(seed, `shuffle/${epoch}`)
      .permutation(this.data.train.size);
    const learningRate = learningRateAt(schedule, epoch, epochs);
    const before = this.#position.seconds;
    const started = performance.now();
    const elapsed = () => before + (performance.now() - started) / 1000;
    while (this.#position.step < this.#stepsAnEpoch) {
      const from = this.#position.step * batchSize;
      const rows = order.subarray(from, from + batchSize);
      const loss = this.#step(rows, learningRate);
      this.#advance(loss * rows.length, elapsed());
      this.#report();
      await this.#breathe();
    }
    await this.#endEpoch(learningRate, elapsed);
  }

  /** One batch; returns its mean loss. */
  #step(rows: Int32Array, learningRate: number): number {
    const { seed, augment } = this.options;
    const { epoch, step, steps } = this.#position;
    for (const dropout of this.#dropouts) {
      dropout.reseed(hash32(`${seed}/dropout/${dropout.name}`), steps);
    }
    const augmentation = augment
      ? stream(seed, `augment/${epoch}/${step}`)
      : undefined;
    const loss = tf.tidy(() => {
      const indices = tf.tensor1d(rows, "int32");
      const images = this.data.train.gather(indices, augmentation);
      const { value, grads } = tf.variableGrads(
        () =>
          this.options.loss(
            this.model.apply(images, { training: true }) as tf.Tensor2D,
            indices,
          ),
        this.#variables,
      );
      const loss = value.dataSync()[0];
      if (Number.isFinite(loss)) {
        const gradients = this.#variables.map(({ name }) => grads[name]);
        this.#optimizer.step(gradients, learningRate);
      }
      return loss;
    });
    if (!Number.isFinite(loss)) this.#diverged("training", loss);
    return loss;
  }

  #advance(lossSum: number, seconds: number): void {
    const { step, steps } = this.#position;
    this.#position = {
      ...this.#position,
      step: step + 1,
      steps: steps + 1,
      lossSum: this.#position.lossSum + lossSum,
      seconds,
    };
  }

  async #endEpoch(
    learningRate: number,
    elapsed: () => number,
  ): Promise<void> {
    const { lossSum, seconds, history } = this.#position;
    const samples = this.data.train.size;
    const { loss, accuracy } = validate(this.model, this.data);
    if (!Number.isFinite(loss)) this.#diverged("validation", loss);
    const record: EpochRecord = {
      epoch: history.length + 1,
      learningRate,
      trainLoss: lossSum / samples,
      validationLoss: loss,
      validationAccuracy: accuracy,
      seconds: elapsed(),
      imagesPerSecond: samples / seconds,
    };
    const extended = [...history, record];
    if (bestEpoch(extended) === record) this.#keepBest();
    this.#position = {
      ...this.#position,
      epoch: this.#position.epoch + 1,
      step: 0,
      lossSum: 0,
      seconds: 0,
      history: extended,
    };
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

  #report(): void {
    const { onStep } = this.context;
    if (!onStep) return;
    const { epochs, batchSize } = this.options;
    const { epoch, step, seconds, lossSum, history } = this.#position;
    const samples = Math.min(step * batchSize, this.data.train.size);
    const past = history.reduce((sum, record) => sum + record.seconds, 0);
    const done = epoch + step / this.#stepsAnEpoch;
    onStep({
      epoch: epoch + 1,
      epochs,
      step,
      steps: this.#stepsAnEpoch,
      loss: lossSum / samples,
      imagesPerSecond: samples / seconds,
      secondsLeft: (past + seconds) / done * (epochs - done),
    });
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
    const optimizer = this.#optimizer.state();
    await saveCheckpoint(place, {
      position: this.#position,
      weights: this.model.getWeights(),
      best: this.#best,
      optimizer,
    });
    tf.dispose(optimizer);
  }

  #diverged(what: string, loss: number): never {
    const { epoch, step, lossSum, history } = this.#position;
    const samples = step * this.options.batchSize;
    const good = step > 0
      ? `mean loss of the epoch until then ${(lossSum / samples).toFixed(4)}`
      : "no step of the epoch was good";
    const last = history.at(-1);
    const validation = last
      ? `last validation loss ${last.validationLoss.toFixed(4)}`
      : "no epoch was finished";
    throw new TrainingDiverged(
      `Training stopped at epoch ${epoch + 1}, step ${step + 1}, as the ` +
        `${what} loss is ${loss} (${good}, ${validation}); ` +
        "a smaller learning rate may help",
    );
  }

  dispose(): void {
    tf.dispose(this.#best);
    this.#optimizer.dispose();
  }
}
