import { tf } from "../../engine/engine.ts";

/**
 * The sum over classes of `max(0, max_j z_j - z_k - margin)`, for each row.
 *
 * Its derivative is -1 at each logit beyond the margin, and their number at the first
 * of the largest logits. TensorFlow.js' own gradient of a maximum counts each of
 * several equal maxima in full.
 *
 * @param logits `[batch, classes]`
 * @returns `[batch]`
 */
export function beyondMargin(logits: tf.Tensor2D, margin: number): tf.Tensor1D {
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
