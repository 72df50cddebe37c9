/**
 * A convolution with a bias. With oneDNN it is one operation, and so is the gradient
 * for filter and bias; a graph would combine the separate operations anyway, which
 * rounds differently.
 */
import { type Attribute, attribute, FLOAT } from "./attributes.ts";
import { rawOp, tf, usesOneDnn } from "./engine.ts";
import { biasAdd } from "./operations.ts";

/** Strides and padding of a convolution. */
export interface ConvolutionOptions {
  readonly strides: [number, number];
  readonly padding: "same" | "valid";
}

const KERNEL = "Conv2DWithBias";

/**
 * A convolution plus a bias.
 *
 * @param x `[batch, height, width, channels]`
 * @param filter `[height, width, channels, filters]`
 * @param bias `[filters]`
 */
export function convolutionWithBias(
  x: tf.Tensor4D,
  { filter, bias }: { readonly filter: tf.Tensor4D; readonly bias: tf.Tensor },
  { strides, padding }: ConvolutionOptions,
): tf.Tensor4D {
  if (!usesOneDnn) return biasAdd(tf.conv2d(x, filter, strides, padding), bias);
  return tf.engine()
    .runKernel(KERNEL, { x, filter, bias }, { strides, padding });
}

tf.registerKernel({
  kernelName: KERNEL,
  backendName: "tensorflow",
  kernelFunc: ({ inputs: { x, filter, bias }, attrs }) => {
    const values = [x, filter, bias] as tf.Tensor[];
    return rawOp("_MklNativeConv2DWithBias", attributesOf(attrs), values, 1)[0];
  },
});

tf.registerGradient({
  kernelName: KERNEL,
  inputsToSave: ["x", "filter"],
  gradFunc: (dy, [x, filter], attrs) => {
    const attributes = attributesOf(attrs);
    const sizes = (of: tf.Tensor) => tf.tensor1d(of.shape, "int32");
    // One operation gives two gradients, and the tape asks for the filter's first. It
    // tidies up between them.
    let forBias: tf.Tensor | undefined;
    const both = () =>
      rawOp(
        "_MklNativeConv2DBackpropFilterWithBias",
        attributes,
        [x, sizes(filter), dy as tf.Tensor],
        2,
      );
    return {
      x: () =>
        rawOp(
          "_MklNativeConv2DBackpropInput",
          attributes,
          [sizes(x), filter, dy as tf.Tensor],
          1,
        )[0],
      filter: () => {
        const [forFilter, other] = both();
        forBias = tf.keep(other);
        return forFilter;
      },
      bias: () => {
        if (forBias === undefined) return both()[1];
        const gradient = tf.clone(forBias);
        forBias.dispose();
        return gradient;
      },
    };
  },
});

function attributesOf(attrs: unknown): Attribute[] {
  const { strides, padding } = attrs as ConvolutionOptions;
  return [
    attribute.type("T", FLOAT),
    attribute.int("strides", [1, ...strides, 1]),
    attribute.string("padding", padding.toUpperCase()),
    attribute.string("data_format", "NHWC"),
    attribute.int("dilations", [1, 1, 1, 1]),
    attribute.bool("use_cudnn_on_gpu", true),
    attribute.string("_kernel", "MklNameChangeOp"),
  ];
}
