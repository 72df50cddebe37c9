import { tf } from "../../engine/engine.ts";

/**
 * Brier score of each row, `sum_k (p_k - y_k)^2` with p = softmax(z), summed
 * over the classes (Brier 1950, "Verification of Forecasts Expressed in Terms
 * of Probability").
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @returns `[batch]`, each in [0, 2]
 */
export function brier(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
): tf.Tensor1D {
  return tf.sum(tf.squaredDifference(tf.softmax(logits), labels), 1);
}
