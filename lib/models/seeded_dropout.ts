import { attribute, FLOAT, INT32 } from "../engine/attributes.ts";
import { rawOp, tf } from "../engine/engine.ts";
import type { NoisyLayer } from "./noisy_layers.ts";

const StockDropout = tf.layers.dropout({ rate: 0.5 }).constructor as new (
  config: Parameters<typeof tf.layers.dropout>[0],
) => tf.layers.Layer;

/**
 * Dropout whose mask depends on its noise only, so that an interrupted and resumed
 * run drops the same units. It saves as the stock layer.
 *
 * The training loop calls `setNoise()` in each step; without noise the seed is 0.
 */
export class SeededDropout extends StockDropout implements NoisyLayer {
  readonly stream = "dropout";
  readonly #rate: number;
  #seed: tf.Tensor1D | undefined;

  constructor(config: { name: string; rate: number }) {
    super(config);
    this.#rate = config.rate;
  }

  /** The seed of a step's mask, `[2]` int32. */
  noise(key: number, step: number): Int32Array {
    return Int32Array.of(key, step);
  }

  setNoise(noise: tf.Tensor1D | undefined): void {
    this.#seed = noise;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: Record<string, unknown>,
  ): tf.Tensor | tf.Tensor[] {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    if (!kwargs?.training) return tf.clone(x);
    return tf.tidy(() => tf.mul(x, this.#mask(x.shape)));
  }

  /** 0 with probability `rate`, else 1 / (1 - rate). */
  #mask(shape: number[]): tf.Tensor {
    const [uniform] = rawOp(
      "StatelessRandomUniform",
      [
        attribute.type("dtype", FLOAT),
        attribute.type("T", INT32),
        attribute.type("Tseed", INT32),
      ],
      [tf.tensor1d(shape, "int32"), this.#seed ?? tf.tensor1d([0, 0], "int32")],
      1,
    );
    const kept = tf.cast(tf.greaterEqual(uniform, this.#rate), "float32");
    return tf.div(kept, 1 - this.#rate);
  }
}
