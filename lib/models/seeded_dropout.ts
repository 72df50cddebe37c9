import { attribute, FLOAT, INT32, rawOp, tf } from "../engine/engine.ts";
import type { Reseeded } from "./reseeded.ts";

const StockDropout = tf.layers.dropout({ rate: 0.5 }).constructor as new (
  config: Parameters<typeof tf.layers.dropout>[0],
) => tf.layers.Layer;

/**
 * Dropout whose mask depends on its seed only, so that an interrupted and resumed
 * run drops the same units. It saves as the stock layer.
 *
 * The training loop calls `reseed` before each step.
 */
export class SeededDropout extends StockDropout implements Reseeded {
  readonly stream = "dropout";
  readonly #rate: number;
  #seed: readonly [number, number] = [0, 0];

  constructor(config: { name: string; rate: number }) {
    super(config);
    this.#rate = config.rate;
  }

  /** Sets the seed of the next mask: any two 32-bit numbers. */
  reseed(key: number, step: number): void {
    this.#seed = [key | 0, step | 0];
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
      [tf.tensor1d(shape, "int32"), tf.tensor1d([...this.#seed], "int32")],
      1,
    );
    const kept = tf.cast(tf.greaterEqual(uniform, this.#rate), "float32");
    return tf.div(kept, 1 - this.#rate);
  }
}
