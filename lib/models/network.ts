import { tf } from "../engine/engine.ts";
import type { Random } from "../random.ts";
import { Convolution } from "./convolution.ts";

/** What every architecture is told. */
export interface NetworkOptions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /**
   * Stream of the initial weights; null leaves kernels at 0, for one who fills
   * in weights of their own or asks for shapes alone.
   */
  readonly random: Random | null;
}

interface ConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: number | [height: number, width: number];
  readonly strides?: number;
  readonly padding?: "same" | "valid";
  readonly useBias?: boolean;
}

// Initial kernels are zeros here: `initialise` draws them afterwards from the
// run's own stream, and the stock initialisers are slow and not seeded by it.

/** A two-dimensional convolution. */
export function convolution(
  name: string,
  options: ConvolutionOptions,
): tf.layers.Layer {
  const { strides = 1, padding = "same", useBias = false, ...rest } = options;
  return new Convolution({
    name,
    strides,
    padding,
    useBias,
    kernelInitializer: "zeros",
    ...rest,
  });
}

/**
 * A 3x3 convolution padded by 1 on every side. TensorFlow's `same` pads a
 * stride of 2 on one side only, so that one pads first.
 */
export function stridedConvolution(
  name: string,
  filters: number,
  strides: number,
): tf.layers.Layer[] {
  if (strides === 1) return [convolution(name, { filters, kernelSize: 3 })];
  return [
    tf.layers.zeroPadding2d({ name: `${name}_pad`, padding: 1 }),
    convolution(name, { filters, kernelSize: 3, strides, padding: "valid" }),
  ];
}

/** A dense layer with a bias. */
export function dense(name: string, units: number): tf.layers.Layer {
  return tf.layers.dense({ name, units, kernelInitializer: "zeros" });
}

/** Applies layers one after the other. */
export function chain(
  input: tf.SymbolicTensor,
  ...layers: tf.layers.Layer[]
): tf.SymbolicTensor {
  return layers.reduce(
    (x, layer) => layer.apply(x) as tf.SymbolicTensor,
    input,
  );
}

/** The input `[batch, height, width, channels]`, normalised pixels. */
export function imageInput(options: NetworkOptions): tf.SymbolicTensor {
  const { height, width, channels } = options;
  return tf.input({ name: "images", shape: [height, width, channels] });
}
