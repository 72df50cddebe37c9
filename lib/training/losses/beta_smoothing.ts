import { tf } from "../../engine/engine.ts";
import { type Random, stream } from "../../random.ts";
import type { AveragedLoss } from "../averaged_loss.ts";
import { crossEntropy } from "../cross_entropy.ts";
import { oneHotRows } from "./one_hot.ts";

/** What Beta smoothing is told. */
export interface BetaOptions {
  /** Of the distribution Beta(a, 1), greater than 0. */
  readonly a: number;
  /** Of the smoothed label beside the plain one, in [0, 1]. */
  readonly weight: number;
  /** Decay of the network's moving average, in [0, 1). */
  readonly decay: number;
  readonly classes: number;
  readonly seed: number;
}

/**
 * Beta smoothing (Zhang and Sabuncu 2020, "Self-Distillation as
 * Instance-Specific Label Smoothing", and its authors' code). For
 * each batch, as many masses b as it has samples are drawn from Beta(a, 1) and
 * given out by rank: the surer an exponential moving average of the network is
 * of a sample's true class, the larger its b. The loss is
 * `(1 - weight) CE(y) + weight CE(y_b)`, y one-hot, where y_b has b on the true
 * class and (1 - b) / (classes - 1) on each other one. As cross-entropy is
 * linear in its targets, that is one towards `(1 - weight) y + weight y_b`.
 *
 * The masses of a step are drawn from a stream of their own, `beta/STEP` of the
 * seed, so that a run that was resumed draws the same.
 *
 * @param labels `[n]` int32 of the whole training set; the caller owns it
 */
export function betaSmoothing(
  labels: tf.Tensor1D,
  { a, weight, decay, classes, seed }: BetaOptions,
): AveragedLoss {
  return {
    decay,
    forBatch(averageLogits, { rows, steps }) {
      const truth = oneHotRows(labels, rows, classes);
      // The same order as that of p_t, and with fewer ties at p_t near 1.
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
 * Draws from Beta(a, 1), the smallest for the smallest score. Its distribution
 * function is x^a, so that a uniform number to the power 1 / a is a draw.
 *
 * @param scores finite; of equal ones the first has the smaller draw
 * @returns in [0, 1), one for each score
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

/** An amount of each row's one-hot label, moved evenly to the other classes. */
function evenlySmoothed(
  truth: tf.Tensor2D,
  amounts: tf.Tensor1D,
): tf.Tensor2D {
  const amount = tf.expandDims(amounts, 1);
  const share = tf.div(amount, truth.shape[1] - 1);
  return tf.add(share, tf.mul(truth, tf.sub(tf.sub(1, amount), share)));
}
