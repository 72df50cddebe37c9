import { tf } from "../engine/engine.ts";

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
 * A convolution without activation. It saves and predicts as the stock layer; that
 * layer's gradient always includes the one for the input, which images do not need.
 */
export class Convolution extends StockConvolution {
  constructor(config: Config & { readonly name: string }) {
    super(config);
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: Record<string, unknown>,
  ): tf.Tensor | tf.Tensor[] {
    if (!kwargs?.training) return super.call(inputs, kwargs);
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    return tf.tidy(() => {
      const kernel = this.kernel.read() as tf.Tensor4D;
      const y = tf.conv2d(x, kernel, this.strides, this.padding);
      return this.bias ? tf.add(y, this.bias.read()) : y;
    });
  }
}
