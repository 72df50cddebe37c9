import { tf } from "../engine/engine.ts";
import type { ProgramState } from "../engine/state.ts";
import { variablesOf } from "../models/variables_of.ts";

/**
 * An exponential moving average of a network's trainable weights. For a prediction,
 * the network temporarily gets the averaged weights.
 *
 * The average starts as the initial weights. Its decay at step n, counted from 1, is
 * `min(decay, 1 - 1 / (n + 1))`, so that at first it is the plain mean of all weights
 * so far.
 */
export class WeightAverage {
  readonly #variables: readonly tf.Variable[];
  readonly #average: readonly tf.Variable[];

  constructor(readonly model: tf.LayersModel, readonly decay: number) {
    this.#variables = variablesOf(model.trainableWeights);
    this.#average = this.#variables
      .map((weight) => tf.variable(weight, false));
  }

  /** The average's tensors, which `update()` changes. */
  get tensors(): readonly ProgramState[] {
    return this.#average.map((variable) => ({ variable }));
  }

  /**
   * The logits of the averaged network in training mode: it normalises by the batch
   * and drops the same units as the network itself in this step. Weights and running
   * statistics of the network do not change.
   *
   * @param images `[batch, height, width, channels]`
   * @returns `[batch, classes]`
   */
  logits(images: tf.Tensor4D): tf.Tensor2D {
    const weights = variablesOf(this.model.weights);
    const own = weights.map((weight) => tf.clone(weight));
    try {
      this.#variables.forEach((weight, i) => weight.assign(this.#average[i]));
      return this.model.apply(images, { training: true }) as tf.Tensor2D;
    } finally {
      weights.forEach((weight, i) => weight.assign(own[i]));
      tf.dispose(own);
    }
  }

  /** Weights of the old average and of the new weights at a step, from 1. */
  shares(step: number): Float32Array {
    const kept = Math.min(this.decay, 1 - 1 / (step + 1));
    return Float32Array.of(kept, 1 - kept);
  }

  /**
   * Adds the weights after a step.
   *
   * @param shares from `shares()`
   */
  update(shares: tf.Tensor1D): void {
    tf.tidy(() => {
      const [kept, added] = tf.unstack(shares);
      this.#variables.forEach((weight, i) => {
        const average = this.#average[i];
        average.assign(tf.add(tf.mul(average, kept), tf.mul(weight, added)));
      });
    });
  }

  /** The average, in the order of the trainable weights; not a copy. */
  state(): readonly tf.Tensor[] {
    return this.#average;
  }

  /** Restores a state from `state()`; the caller keeps its tensors. */
  restore(state: readonly tf.Tensor[]): void {
    this.#average.forEach((average, i) => average.assign(state[i]));
  }

  dispose(): void {
    tf.dispose([...this.#average]);
  }
}
