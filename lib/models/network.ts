import { tf } from "../engine.ts";
import type { Random } from "../random.ts";
import { Convolution } from "./convolution.ts";

/** What every architecture is told. */
export interface NetworkOptions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** Stream of the initial weights. */
  readonly random: Random;
}

interface ConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: number;
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
