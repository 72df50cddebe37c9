import type { DeviceImages } from "../data/device_images.ts";
import { tf } from "../engine/engine.ts";
import type { ProgramState } from "../engine/state.ts";
import { type NoisyLayer, noisyLayers } from "../models/noisy_layers.ts";
import { variablesOf } from "../models/variables_of.ts";
import { hash32, type Random } from "../random.ts";
import type { AveragedLoss, TrainingLoss } from "./averaged_loss.ts";
import type { LossFn } from "./cross_entropy.ts";
import type { Optimizer } from "./optimizer.ts";
import { WeightAverage } from "./weight_average.ts";

/** What a training step is made of. */
export interface StepParts {
  readonly model: tf.LayersModel;
  readonly images: DeviceImages;
  readonly loss: TrainingLoss;
  readonly optimizer: (weights: tf.Variable[]) => Optimizer;
}

/** Everything that differs between steps, as numbers. */
export interface StepChoice {
  /** Rows of the batch in the training set. */
  readonly rows: Int32Array;
  readonly learningRate: number;
  /** Number of steps before this one. */
  readonly steps: number;
  /** Seed of dropout and stochastic depth. */
  readonly seed: number;
  /** Stream of crops and flips; undefined for none. */
  readonly augmentation: Random | undefined;
}

/** The tensors of a `StepChoice`, by name. */
export type StepInputs = Readonly<Record<string, tf.Tensor>>;

/** A training step as a function of tensors, which can be recorded. */
export class TrainStep {
  readonly optimizer: Optimizer;
  /** Undefined if the loss does not use it. */
  readonly average: WeightAverage | undefined;
  readonly #parts: StepParts;
  readonly #variables: readonly tf.Variable[];
  readonly #noisyLayers: readonly NoisyLayer[];

  constructor(parts: StepParts) {
    const { model, loss, optimizer } = parts;
    this.#parts = parts;
    const variables = variablesOf(model.trainableWeights);
    this.#variables = variables;
    this.optimizer = optimizer(variables);
    if (typeof loss !== "function") {
      this.average = new WeightAverage(model, loss.decay);
    }
    this.#noisyLayers = noisyLayers(model);
  }

  /** All tensors that `run()` uses besides its inputs. */
  get tensors(): ProgramState[] {
    const { model, images, loss } = this.#parts;
    const constants = [...images.tensors, ...loss.tensors ?? []];
    return [
      ...this.optimizer.tensors,
      ...variablesOf(model.nonTrainableWeights)
        .map((variable) => ({ variable })),
      ...this.average?.tensors ?? [],
      ...constants.map((constant) => ({ constant })),
    ];
  }

  /** The inputs of a step; the caller disposes them. */
  inputs({ rows, learningRate, steps, seed, augmentation }: StepChoice) {
    const { images, loss } = this.#parts;
    const batch = rows.length;
    const inputs: Record<string, tf.Tensor> = {
      rows: tf.tensor1d(rows, "int32"),
      numbers: tf.tensor1d(this.optimizer.numbers(learningRate, steps + 1)),
    };
    if (augmentation !== undefined) {
      const shifts = images.drawShifts(batch, augmentation);
      inputs.shifts = tf.tensor2d(shifts, [3, batch], "int32");
    }
    if (this.average !== undefined) {
      inputs.shares = tf.tensor1d(this.average.shares(steps + 1));
      inputs.draws = tf.tensor1d((loss as AveragedLoss).draw(batch, steps));
    }
    for (const layer of this.#noisyLayers) {
      const key = hash32(`${seed}/${layer.stream}/${layer.name}`);
      const noise = layer.noise(key, steps);
      inputs[noiseOf(layer)] = noise instanceof Int32Array
        ? tf.tensor1d(noise, "int32")
        : tf.tensor1d(noise);
    }
    return inputs;
  }

  /**
   * Takes a step: forward pass, backward pass and update of the weights.
   *
   * @param inputs from `inputs()`
   * @returns the mean loss of the batch before the update
   */
  run(inputs: StepInputs): tf.Scalar {
    this.#setNoise(inputs);
    try {
      return this.#run(inputs);
    } finally {
      this.#setNoise({});
    }
  }

  #setNoise(inputs: StepInputs): void {
    for (const layer of this.#noisyLayers) {
      layer.setNoise(inputs[noiseOf(layer)] as tf.Tensor1D | undefined);
    }
  }

  #run(inputs: StepInputs): tf.Scalar {
    const { model } = this.#parts;
    const variables = this.#variables;
    const rows = inputs.rows as tf.Tensor1D;
    const images = this.#parts.images
      .gather(rows, inputs.shifts as tf.Tensor2D | undefined);
    const loss = this.#lossOf(images, inputs);
    const { value, grads } = tf.variableGrads(() => {
      const logits = model.apply(images, { training: true }) as tf.Tensor2D;
      return loss(logits, rows);
    }, [...variables]);
    const gradients = variables.map(({ name }) => grads[name]);
    this.optimizer.update(gradients, inputs.numbers as tf.Tensor1D);
    this.average?.update(inputs.shares as tf.Tensor1D);
    return value;
  }

  #lossOf(images: tf.Tensor4D, { rows, draws }: StepInputs): LossFn {
    const { loss } = this.#parts;
    if (typeof loss === "function") return loss;
    const batch = { rows: rows as tf.Tensor1D, draws: draws as tf.Tensor1D };
    return loss.forBatch(this.average!.logits(images), batch);
  }

  dispose(): void {
    this.optimizer.dispose();
    this.average?.dispose();
  }
}

function noiseOf({ name }: NoisyLayer): string {
  return `noise/${name}`;
}
