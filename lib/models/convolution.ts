import { tf } from "../engine/engine.ts";
import { convolutionWithBias } from "../engine/convolution.ts";

type Config = Parameters<typeof tf.layers.conv2d>[0];

const StockConvolution = tf.layers.conv2d({ filters: 1, kernelSize: 1 })
  .constructor as new (config: Config) => tf.layers.Layer & Fields;

interface Fields {
  readonly kernel: tf.LayerVariable;
  readonly bias: tf.LayerVariable | null;
  readonly strides: [number, number];
  readonly padding: "same" | "valid";
}

/**
 * A convolution without activation. It saves as the stock layer, whose gradient always
 * includes the one for the input, which images do not need.
 */
export class Convolution extends StockConvolution {
  constructor(config: Config & { readonly name: string }) {
    super(config);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    return tf.tidy(() => {
      const filter = this.kernel.read() as tf.Tensor4D;
      const { strides, padding } = this;
      if (this.bias === null) return tf.conv2d(x, filter, strides, padding);
      const weights = { filter, bias: this.bias.read() };
      return convolutionWithBias(x, weights, { strides, padding });
    });
  }
}
