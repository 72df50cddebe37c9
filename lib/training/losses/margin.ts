import { tf } from "../../engine/engine.ts";
import { crossEntropy } from "../cross_entropy.ts";

/** What margin-based label smoothing is told. */
export interface MarginOptions {
  /** Weight of the penalty, at least 0. */
  readonly alpha: number;
  /** Distance between logits that costs nothing, at least 0. */
  readonly margin: number;
}

/**
 * Margin-based label smoothing of each row, `-log p_t + alpha / K sum_k max(0,
 * max_j z_j - z_k - margin)` with K classes (Liu et al. 2022, "The Devil is in
 * the Margin: Margin-based Label Smoothing for Network Calibration").
 *
 * The paper's formula sums the penalty over the classes; its authors' code, with
 * which alpha was chosen, takes their mean, as here.
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @returns `[batch]`
 */
export function marginSmoothing(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  { alpha, margin }: MarginOptions,
): tf.Tensor1D {
  const weight = alpha / logits.shape[1];
  const penalty = tf.mul(beyondMargin(logits, margin), weight);
  return tf.add(crossEntropy(logits, labels), penalty);
}

/**
 * The summed distances beyond the margin. Its slope is -1 at each logit that
 * lies beyond, and their count at the first of the largest logits:
 * TensorFlow.js' own gradient of a maximum counts every one of equals in full.
 */
function beyondMargin(logits: tf.Tensor2D, margin: number): tf.Tensor1D {
  const operation = tf.customGrad((...args) => {
    const [z] = args as tf.Tensor2D[];
    const save = args[1] as unknown as tf.GradSaveFunc;
    const excess = tf.sub(tf.sub(tf.max(z, 1, true), z), margin);
    const beyond = tf.cast(tf.greater(excess, 0), "float32");
    const count = tf.sum(beyond, 1, true);
    const largest = tf.oneHot(tf.argMax(z, 1), z.shape[1]);
    save([tf.sub(tf.mul(largest, count), beyond)]);
    return {
      value: tf.sum(tf.relu(excess), 1),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(tf.expandDims(dy, 1), saved[0]),
    };
  });
  return operation(logits) as tf.Tensor1D;
}
