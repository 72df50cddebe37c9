import { setImmediate } from "node:timers/promises";
import { tf } from "../engine/engine.ts";
import { Program, type ProgramFunction } from "../engine/program.ts";
import { stream } from "../random.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import type { FitContext, FitData, FitOptions } from "./fit_options.ts";
import { bestEpoch, type EpochRecord } from "./history.ts";
import { afterEpoch, afterStep, START } from "./position.ts";
import { Evaluation } from "./predict.ts";
import { learningRateAt } from "./schedule.ts";
import { stepReport } from "./step_report.ts";
import { type StepChoice, TrainStep } from "./train_step.ts";
import { TrainingDiverged } from "./training_diverged.ts";
import { validate } from "./validate.ts";

/** Interval in which the loop lets timers and signal handlers run. */
const YIELD_MS = 100;

/** The state of one training. */
export class TrainingLoop {
  readonly #step: TrainStep;
  readonly #evaluation: Evaluation;
  readonly #program: Program;
  readonly #runStep: ProgramFunction<ReturnType<TrainStep["inputs"]>>;
  readonly #runEvaluation: ProgramFunction<ReturnType<Evaluation["inputs"]>>;
  readonly #stepsPerEpoch: number;
  #best: tf.Tensor[] = [];
  #position = START;
  /** Whether the checkpoint on disk is one of this training. */
  #resumed = false;
  #yielded = performance.now();

  constructor(
    readonly model: tf.LayersModel,
    readonly data: FitData,
    readonly options: FitOptions,
    readonly context: FitContext,
  ) {
    const { loss, optimizer, batchSize } = options;
    const { train, validation } = data;
    this.#step = new TrainStep({ model, images: train, loss, optimizer });
    this.#evaluation = new Evaluation(model, validation);
    this.#stepsPerEpoch = Math.ceil(train.size / batchSize);
    this.#program = new Program([
      ...this.#step.tensors,
      ...validation.tensors.map((constant) => ({ constant })),
    ]);
    this.#runStep = this.#program.define((inputs) => this.#step.run(inputs));
    this.#runEvaluation = this.#program.define(this.#evaluation.run);
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
    const found = place &&
      await loadCheckpoint(place, this.context.onRemark);
    if (!found) return;
    this.#resumed = true;
    this.#best = [...found.best];
    this.#position = found.position;
    try {
      this.model.setWeights([...found.weights]);
      this.#step.optimizer.restore(found.optimizer, found.position.steps);
      this.#step.average?.restore(found.average);
    } finally {
      tf.dispose([...found.weights, ...found.optimizer, ...found.average]);
    }
  }

  /** Records all functions that training needs. */
  prepare(): void {
    const { train } = this.data;
    const { batchSize } = this.options;
    const sizes = new Set([
      Math.min(batchSize, train.size),
      train.size % batchSize || batchSize,
    ]);
    tf.tidy(() => {
      for (const size of sizes) {
        const choice = this.#choice(new Int32Array(size), 1);
        this.#runStep.prepare(this.#step.inputs(choice));
      }
      this.#runEvaluation.prepare(this.#evaluation.inputs(0));
    });
  }

  async epoch(): Promise<void> {
    const { seed, schedule, epochs, batchSize } = this.options;
    const { epoch, seconds: before } = this.#position;
    const learningRate = learningRateAt(schedule, epoch, epochs);
    const started = performance.now();
    const elapsed = () => before + (performance.now() - started) / 1000;
    const order = stream(seed, `shuffle/${epoch}`)
      .permutation(this.data.train.size);
    while (this.#position.step < this.#stepsPerEpoch) {
      const from = this.#position.step * batchSize;
      const rows = order.subarray(from, from + batchSize);
      const loss = this.#take(rows, learningRate);
      const batch = { loss, samples: rows.length };
      this.#position = afterStep(this.#position, batch, elapsed());
      const totals = { epochs, steps: this.#stepsPerEpoch };
      this.context.onStep?.(stepReport(this.#position, totals));
      if (this.#isDue) await this.#yieldToSignals();
    }
    await this.#endEpoch(learningRate, elapsed);
  }

  /** Takes one step and returns the mean loss of its batch. */
  #take(rows: Int32Array, learningRate: number): number {
    const position = this.#position;
    const loss = tf.tidy(() => {
      const inputs = this.#step.inputs(this.#choice(rows, learningRate));
      return this.#runStep(inputs).dataSync()[0];
    });
    if (Number.isFinite(loss)) return loss;
    const step = position.step + 1;
    throw new TrainingDiverged({ what: "training", loss, step, position });
  }

  #choice(rows: Int32Array, learningRate: number): StepChoice {
    const { seed, augment } = this.options;
    const { epoch, step, steps } = this.#position;
    const augmentation = augment
      ? stream(seed, `augment/${epoch}/${step}`)
      : undefined;
    return { rows, learningRate, steps, seed, augmentation };
  }

  async #endEpoch(
    learningRate: number,
    elapsed: () => number,
  ): Promise<void> {
    const position = this.#position;
    const { step, samples, lossSum, seconds, history } = position;
    const logits = this.#evaluation.logits(this.#runEvaluation);
    const { loss, accuracy } = validate(logits, this.data.validationLabels);
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
    this.#program.pull();
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

  /** Whether to yield: from time to time, and at once if aborted. */
  get #isDue(): boolean {
    return this.context.signal?.aborted === true ||
      performance.now() - this.#yielded > YIELD_MS;
  }

  /** Lets timers and signal handlers run; saves and throws if aborted. */
  async #yieldToSignals(): Promise<void> {
    await setImmediate();
    this.#yielded = performance.now();
    const { signal } = this.context;
    if (!signal?.aborted) return;
    await this.#save();
    throw signal.reason;
  }

  async #save(): Promise<void> {
    const { checkpoint: place } = this.context;
    if (!place) return;
    this.#program.pull();
    const optimizer = this.#step.optimizer.state();
    try {
      await saveCheckpoint(place, {
        position: this.#position,
        weights: this.model.getWeights(),
        best: this.#best,
        optimizer,
        average: this.#step.average?.state() ?? [],
      }, { keep: this.#resumed });
      this.#resumed = true;
    } finally {
      tf.dispose(optimizer);
    }
  }

  dispose(): void {
    tf.dispose(this.#best);
    this.#program.dispose();
    this.#step.dispose();
  }
}
