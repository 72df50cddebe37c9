import { attribute, FLOAT } from "../engine/attributes.ts";
import { rawOp, tf } from "../engine/engine.ts";
import type {
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
} from "../engine/tensor_types.ts";

/**
 * The loss of a batch: a differentiable function from logits `[batch, classes]` and
 * the batch's rows in the training set, `[batch]` int32, to a scalar.
 *
 * `fit()` records it as a graph, so it must not read the values of tensors, and
 * numbers in it are those of the first call.
 */
export interface LossFn {
  (logits: Tensor2D, rows: Tensor1D): Scalar;
  /** Tensors that the function reads besides its arguments, such as targets (none). */
  readonly tensors?: readonly Tensor[];
}

/**
 * A loss of your own that reads some tensors.
 *
 * @param tensors every tensor that `loss` uses besides its arguments; the caller owns
 * them
 * @param loss a differentiable function of the logits
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs-node-gpu";
 * import { lossReading } from "@ils/label-smoothing/training";
 * const weights = tf.tensor1d([1, 3]); // of two training images
 * const squares = lossReading([weights], (logits, rows) =>
 *   tf.mean(tf.mul(tf.sum(tf.square(logits), 1), tf.gather(weights, rows))));
 * const value = squares(tf.tensor2d([[1, 2]]), tf.tensor1d([1], "int32"));
 * strictEqual(value.dataSync()[0], 15); // 3 (1 + 4)
 * ```
 */
export function lossReading(
  tensors: readonly Tensor[],
  loss: (logits: Tensor2D, rows: Tensor1D) => Scalar,
): LossFn {
  return Object.assign(loss, { tensors });
}

/**
 * The cross-entropy of each row, `-sum_k y_k log softmax(z)_k`, in nats.
 *
 * Targets are constants: no gradient flows into them.
 *
 * @param logits z, `[batch, classes]`
 * @param targets y, `[batch, classes]`; each row sums to 1, otherwise the gradient
 * is wrong
 * @returns `[batch]`; the caller disposes it
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { tensor2d } from "@tensorflow/tfjs-node-gpu";
 * import { crossEntropy } from "@ils/label-smoothing/training";
 * const logits = tensor2d([[0, 0]]);
 * const loss = crossEntropy(logits, tensor2d([[0.9, 0.1]]));
 * strictEqual(loss.dataSync()[0].toFixed(4), "0.6931"); // log 2
 * ```
 */
export function crossEntropy(
  logits: Tensor2D,
  targets: Tensor2D,
): Tensor1D {
  // One operation computes the loss and its gradient.
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
 * The mean cross-entropy over a batch, with targets looked up by row.
 *
 * @param targets `[n, classes]` of the complete training set; the caller owns it
 */
export function crossEntropyLoss(targets: Tensor2D): LossFn {
  return lossReading(
    [targets],
    (logits, rows) => tf.mean(crossEntropy(logits, tf.gather(targets, rows))),
  );
}
