import type { tf } from "../engine/engine.ts";

/**
 * A layer with a random choice in training that depends on its noise only. The
 * training loop sets the noise of each step.
 */
export interface NoisyLayer {
  readonly name: string;
  /** Name of its random stream, such as `dropout`. */
  readonly stream: string;
  /**
   * The noise of a step: the numbers from which the layer computes its choice.
   *
   * @param key any 32-bit number
   * @param step any 32-bit number
   */
  noise(key: number, step: number): Int32Array | Float32Array;
  /**
   * Sets the noise of the following calls, or none; the caller keeps the tensor.
   */
  setNoise(noise: tf.Tensor1D | undefined): void;
}

/** The layers of a model that need noise in each training step. */
export function noisyLayers(model: tf.LayersModel): NoisyLayer[] {
  return model.layers.filter((layer) =>
    "setNoise" in layer
  ) as unknown as NoisyLayer[];
}
