import { tf } from "../engine/engine.ts";

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
  #average: tf.Tensor[];

  constructor(readonly model: tf.LayersModel, readonly decay: number) {
    this.#variables = model.trainableWeights
      .map((weight) => weight.read() as tf.Variable);
    this.#average = this.#variables.map((weight) => tf.clone(weight));
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
    const weights = this.model.weights
      .map((weight) => weight.read() as tf.Variable);
    const own = weights.map((weight) => tf.clone(weight));
    try {
      this.#variables.forEach((weight, i) => weight.assign(this.#average[i]));
      return this.model.apply(images, { training: true }) as tf.Tensor2D;
    } finally {
      weights.forEach((weight, i) => weight.assign(own[i]));
      tf.dispose(own);
    }
  }

  /** Adds the weights after a step, counted from 1. */
  update(step: number): void {
    const kept = Math.min(this.decay, 1 - 1 / (step + 1));
    const old = this.#average;
    this.#average = this.#variables.map((weight, i) =>
      tf.tidy(() =>
        tf.keep(tf.add(tf.mul(old[i], kept), tf.mul(weight, 1 - kept)))
      )
    );
    tf.dispose(old);
  }

  /** The average, in the order of the trainable weights; not a copy. */
  state(): readonly tf.Tensor[] {
    return this.#average;
  }

  /** Restores a state from `state()`; the caller keeps its tensors. */
  restore(state: readonly tf.Tensor[]): void {
    tf.dispose(this.#average);
    this.#average = state.map((tensor) => tf.clone(tensor));
  }

  dispose(): void {
    tf.dispose(this.#average);
  }
}
