import { tf } from "../../engine/engine.ts";
import { type Random, stream } from "../../random.ts";
import type { AveragedLoss } from "../averaged_loss.ts";
import { crossEntropy } from "../cross_entropy.ts";
import { oneHotRows } from "./one_hot.ts";

/** Options of `betaSmoothing()`. */
export interface BetaOptions {
  /** Parameter of the distribution Beta(a, 1), greater than 0. */
  readonly a: number;
  /** Weight of the smoothed label against the hard one, in [0, 1]. */
  readonly weight: number;
  /** Decay of the network's moving average per step, in [0, 1). */
  readonly decay: number;
  /** Number of classes. */
  readonly classes: number;
  /** Seed of the draws. */
  readonly seed: number;
}

/**
 * Beta smoothing. For each batch, one mass b per sample is drawn from Beta(a, 1), and
 * the masses are assigned by rank: the more confident a moving average of the network
 * is in a sample's true class, the larger its b. The loss is
 * `(1 - weight) CE(y) + weight CE(y_b)`, where y is one-hot and y_b has b at the true
 * class and (1 - b) / (classes - 1) at each other class. As cross-entropy is linear in
 * its targets, this equals one cross-entropy with `(1 - weight) y + weight y_b`.
 *
 * The masses of each step are drawn from a separate stream, `beta/STEP`, so that
 * resumed runs draw the same ones.
 *
 * @param labels `[n]` int32, of the complete training set; the caller owns it
 * @see Z. Zhang and M. Sabuncu, "Self-Distillation as Instance-Specific Label
 * Smoothing", NeurIPS 2020, and the authors' code
 */
export function betaSmoothing(
  labels: tf.Tensor1D,
  { a, weight, decay, classes, seed }: BetaOptions,
): AveragedLoss {
  return {
    decay,
    forBatch(averageLogits, { rows, steps }) {
      const truth = oneHotRows(labels, rows, classes);
      // Ordered like p_t, but with fewer ties near 1.
      const logs = tf.neg(crossEntropy(averageLogits, truth)).dataSync();
      const random = stream(seed, `beta/${steps}`);
      const masses = rankedMasses(logs, { a, random });
      const amounts = Float32Array.from(masses, (b) => weight * (1 - b));
      const targets = evenlySmoothed(truth, tf.tensor1d(amounts));
      return (logits) => tf.mean(crossEntropy(logits, targets));
    },
  };
}

/**
 * Draws from Beta(a, 1), assigned to the scores by rank. The distribution function is
 * x^a, so a uniform number to the power 1 / a is a draw.
 *
 * @param scores finite; among equal scores, the first gets the smaller draw
 * @returns one number in [0, 1) per score
 */
export function rankedMasses(
  scores: ArrayLike<number>,
  { a, random }: { readonly a: number; readonly random: Random },
): Float64Array {
  const draws = Float64Array
    .from(scores, () => random.uniform() ** (1 / a)).sort();
  const order = Array.from(scores, (_, i) => i)
    .sort((i, j) => scores[i] - scores[j]);
  const masses = new Float64Array(scores.length);
  order.forEach((i, rank) => masses[i] = draws[rank]);
  return masses;
}

/** One-hot labels of which an amount per row is spread over the other classes. */
function evenlySmoothed(
  truth: tf.Tensor2D,
  amounts: tf.Tensor1D,
): tf.Tensor2D {
  const amount = tf.expandDims(amounts, 1);
  const share = tf.div(amount, truth.shape[1] - 1);
  return tf.add(share, tf.mul(truth, tf.sub(tf.sub(1, amount), share)));
}
