import { tf } from "../engine/engine.ts";
import type { NoisyLayer } from "./noisy_layers.ts";
import { hash32 } from "../random.ts";

const StockRescaling = tf.layers.rescaling({ scale: 1 })
  .constructor as new (
    config: { name: string; scale: number },
  ) => tf.layers.Layer;

/**
 * Stochastic depth on the residual of a block. In training each batch keeps the
 * residual with probability `survival` and otherwise drops it; in evaluation the
 * residual is multiplied by `survival`, its expectation (Huang et al. 2016,
 * equations 2 and 5). It saves and predicts as the stock layer Rescaling.
 *
 * A dropped block is still computed, so that its batch normalisation keeps
 * updating its statistics; its weights get a gradient of 0.
 */
export class StochasticDepth extends StockRescaling implements NoisyLayer {
  readonly stream = "depth";
  /** Probability in (0, 1] that a training step keeps the residual. */
  readonly survival: number;
  #kept: tf.Tensor1D | undefined;

  constructor(config: { name: string; survival: number }) {
    super({ name: config.name, scale: config.survival });
    this.survival = config.survival;
  }

  /** 1 if a step keeps the residual, 0 if it drops it. */
  noise(key: number, step: number): Float32Array {
    const kept = hash32(`${key}/${step}`) / 2 ** 32 < this.survival;
    return Float32Array.of(kept ? 1 : 0);
  }

  setNoise(noise: tf.Tensor1D | undefined): void {
    this.#kept = noise;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: Record<string, unknown>,
  ): tf.Tensor | tf.Tensor[] {
    if (!kwargs?.training) return super.call(inputs, kwargs);
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return this.#kept === undefined ? tf.clone(x) : tf.mul(x, this.#kept);
  }
}
