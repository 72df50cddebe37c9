import { attribute, FLOAT, rawOp, tf } from "../engine/engine.ts";

/**
 * A batch's loss: from logits `[batch, classes]` and the batch's rows in the
 * training set, `[batch]` int32, to a scalar.
 */
export type LossFn = (logits: tf.Tensor2D, rows: tf.Tensor1D) => tf.Scalar;

/**
 * Cross-entropy of each row, `-sum_k y_k log softmax(z)_k`, computed with its
 * gradient in one operation.
 *
 * Right only for targets that sum to 1 in each row; they are constants, and no
 * gradient flows into them.
 *
 * @param logits `[batch, classes]`
 * @param targets `[batch, classes]`, each row summing to 1
 * @returns `[batch]`
 */
export function crossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
): tf.Tensor1D {
  const operation = tf.customGrad((...args) => {
    const [z] = args as tf.Tensor[];
    const save = args[1] as unknown as tf.GradSaveFunc;
    const [loss, gradient] = rawOp(
      "SoftmaxCrossEntropyWithLogits",
      [attribute.type("T", FLOAT)],
      [z, targets],
      2,
    );
    save([gradient]);
    return {
      value: loss,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(tf.expandDims(dy, 1), saved[0]),
    };
  });
  return operation(logits) as tf.Tensor1D;
}

/**
 * The mean cross-entropy over a batch against target rows kept by sample.
 *
 * @param targets `[n, classes]` for the whole training set; the caller owns it
 */
export function crossEntropyLoss(targets: tf.Tensor2D): LossFn {
  return (logits, rows) =>
    tf.mean(crossEntropy(logits, tf.gather(targets, rows)));
}
