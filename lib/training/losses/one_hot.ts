import { tf } from "../../engine/engine.ts";

/**
 * The one-hot labels of a batch.
 *
 * @param labels `[n]` int32, of the complete training set
 * @param rows `[batch]` int32, the batch's rows in the training set
 * @returns `[batch, classes]`
 */
export function oneHotRows(
  labels: tf.Tensor1D,
  rows: tf.Tensor1D,
  classes: number,
): tf.Tensor2D {
  const batch = tf.gather(labels, rows);
  return tf.oneHot(batch, classes, 1, 0, "float32") as tf.Tensor2D;
}
