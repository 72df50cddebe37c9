import { tf } from "../../engine/engine.ts";
import { crossEntropy } from "../cross_entropy.ts";
import { entropy } from "./entropy.ts";

/**
 * Soft bootstrapping of each row, `-sum_k (beta y_k + (1 - beta) p_k) log p_k`
 * with p what the network says at that step (Reed et al. 2015, "Training Deep
 * Neural Networks on Noisy Labels with Bootstrapping").
 *
 * The gradient flows through both p: as the paper remarks, the objective is
 * that of softmax regression with minimum entropy regularisation, `beta CE +
 * (1 - beta) H(p)`. It makes the network surer, where the confidence penalty
 * makes it less sure.
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @param beta weight of the label, in [0, 1]
 * @returns `[batch]`
 */
export function softBootstrap(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  beta: number,
): tf.Tensor1D {
  const byLabel = tf.mul(crossEntropy(logits, labels), beta);
  return tf.add(byLabel, tf.mul(entropy(logits), 1 - beta));
}
