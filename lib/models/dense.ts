import { tf } from "../engine/engine.ts";
import { biasAdd, matMul } from "../engine/operations.ts";

type Config = Parameters<typeof tf.layers.dense>[0];

const StockDense = tf.layers.dense({ units: 1 })
  .constructor as new (config: Config) => tf.layers.Layer & Fields;

interface Fields {
  readonly kernel: tf.LayerVariable;
  readonly bias: tf.LayerVariable;
}

/**
 * A dense layer with a bias and without activation, as one product of matrices. It
 * saves as the stock layer, which calls a batched product.
 */
export class Dense extends StockDense {
  constructor(config: Config & { readonly name: string }) {
    super(config);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor2D;
    return tf.tidy(() => {
      const kernel = this.kernel.read() as tf.Tensor2D;
      return biasAdd(matMul(x, kernel), this.bias.read());
    });
  }
}
