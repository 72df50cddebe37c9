import { tf } from "../../engine/engine.ts";
import { crossEntropy } from "../cross_entropy.ts";
import { entropy } from "./entropy.ts";

/**
 * Cross-entropy less the weighted entropy of what the network says, so that
 * to be sure costs something: `-log p_t - weight H(p)` of each row (Pereyra et
 * al. 2017, "Regularizing Neural Networks by Penalizing Confident Output
 * Distributions"; their beta is the weight).
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @param weight at least 0
 * @returns `[batch]`, which may be below 0
 */
export function confidencePenalty(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  weight: number,
): tf.Tensor1D {
  const penalty = tf.mul(entropy(logits), weight);
  return tf.sub(crossEntropy(logits, labels), penalty);
}
