/**
 * TensorFlow's products of matrices and sums with a bias, with gradients. TensorFlow.js
 * has only a batched product and a broadcast sum, which take longer.
 */
import { attribute, FLOAT } from "./attributes.ts";
import { rawOp, tf } from "./engine.ts";

const T = attribute.type("T", FLOAT);
const LAYOUT = attribute.string("data_format", "NHWC");

/** Which of the two matrices of a product are transposed. */
interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product of two matrices. */
export function matMul(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  transposed: Transposed = { transposeA: false, transposeB: false },
): tf.Tensor2D {
  return tf.engine().runKernel("MatMul", { a, b }, { ...transposed });
}

tf.registerKernel({
  kernelName: "MatMul",
  backendName: "tensorflow",
  kernelFunc: ({ inputs: { a, b }, attrs }) => {
    const { transposeA, transposeB } = attrs as unknown as Transposed;
    return rawOp(
      "MatMul",
      [
        T,
        attribute.bool("transpose_a", transposeA),
        attribute.bool("transpose_b", transposeB),
      ],
      [a as tf.Tensor, b as tf.Tensor],
      1,
    )[0];
  },
});

tf.registerGradient({
  kernelName: "MatMul",
  inputsToSave: ["a", "b"],
  gradFunc: (dy, [a, b], attributes) => {
    const { transposeA, transposeB } = attributes as unknown as Transposed;
    const slope = dy as tf.Tensor2D;
    if (transposeA || transposeB) {
      throw new Error("The product of transposed matrices has no gradient");
    }
    return {
      a: () =>
        matMul(slope, b as tf.Tensor2D, {
          transposeA: false,
          transposeB: true,
        }),
      b: () =>
        matMul(a as tf.Tensor2D, slope, {
          transposeA: true,
          transposeB: false,
        }),
    };
  },
});

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
