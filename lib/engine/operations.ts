/**
 * TensorFlow's products of matrices and sums with a bias, with gradients. TensorFlow.js
 * has only a batched product and a broadcast sum, which take longer.
 */
import { attribute, FLOAT } from "./attributes.ts";
import { rawOp, tf } from "./engine.ts";

const T = attribute.type("T", FLOAT);
const LAYOUT = attribute.string("data_format", "NHWC");

/** The product of two matrices. */
export function matMul(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.engine().runKernel("MatMul", { a, b });
}

tf.registerKernel({
  kernelName: "MatMul",
  backendName: "tensorflow",
  kernelFunc: ({ inputs: { a, b } }) =>
    product(a as tf.Tensor, b as tf.Tensor, "none"),
});

tf.registerGradient({
  kernelName: "MatMul",
  inputsToSave: ["a", "b"],
  gradFunc: (dy, [a, b]) => ({
    a: () => product(dy as tf.Tensor, b, "right"),
    b: () => product(a, dy as tf.Tensor, "left"),
  }),
});

/** The product of two matrices, one of which may be transposed. */
function product(
  a: tf.Tensor,
  b: tf.Tensor,
  transposed: "none" | "left" | "right",
): tf.Tensor {
  const attributes = [
    T,
    attribute.bool("transpose_a", transposed === "left"),
    attribute.bool("transpose_b", transposed === "right"),
  ];
  return rawOp("MatMul", attributes, [a, b], 1)[0];
}

/**
 * Adds a bias to the last axis.
 *
 * @param x `[..., n]`, of rank 2 or more
 * @param bias `[n]`
 */
export function biasAdd<Values extends tf.Tensor>(
  x: Values,
  bias: tf.Tensor,
): Values {
  return tf.engine().runKernel("BiasAdd", { x, bias });
}

tf.registerKernel({
  kernelName: "BiasAdd",
  backendName: "tensorflow",
  kernelFunc: ({ inputs: { x, bias } }) =>
    rawOp("BiasAdd", [T, LAYOUT], [x as tf.Tensor, bias as tf.Tensor], 1)[0],
});

tf.registerGradient({
  kernelName: "BiasAdd",
  gradFunc: (dy) => ({
    x: () => dy as tf.Tensor,
    bias: () => rawOp("BiasAddGrad", [T, LAYOUT], [dy as tf.Tensor], 1)[0],
  }),
});
