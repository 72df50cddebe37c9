import { tf } from "../engine/engine.ts";
import type { Random } from "../random.ts";
import { Convolution } from "./convolution.ts";
import { Dense } from "./dense.ts";

/** Options of every architecture. */
export interface NetworkOptions {
  /** Height of the images in pixels. */
  readonly height: number;
  /** Width of the images in pixels. */
  readonly width: number;
  /** Number of channels of the images: 1 for grey, 3 for colour. */
  readonly channels: number;
  /** Number of classes, at least 2. */
  readonly classes: number;
  /**
   * Stream of the initial weights. With null kernels stay 0: enough if weights are
   * loaded later or only shapes matter.
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

// Kernels start at zero. `initialise` draws them later from the run's stream: the
// stock initialisers are slow and cannot use it.

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
 * A 3x3 convolution padded by 1 on every side. With a stride of 2 a layer of its
 * own pads, because TensorFlow's `same` would pad on one side only.
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
  return new Dense({ name, units, kernelInitializer: "zeros" });
}

/** Applies layers in order. */
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
