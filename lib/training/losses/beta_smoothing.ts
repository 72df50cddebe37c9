import { attribute, FLOAT, INT32 } from "../../engine/attributes.ts";
import { rawOp, tf } from "../../engine/engine.ts";
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
    tensors: [labels],
    draw: (batch, steps) =>
      Float32Array.from(
        betaDraws(batch, { a, random: stream(seed, `beta/${steps}`) }),
        (b) => weight * (1 - b),
      ),
    forBatch(averageLogits, { rows, draws }) {
      const truth = oneHotRows(labels, rows, classes);
      // Ordered like p_t, but with fewer ties near 1.
      const logs = tf.neg(crossEntropy(averageLogits, truth)) as tf.Tensor1D;
      const targets = evenlySmoothed(truth, byRank(draws, logs));
      return (logits) => tf.mean(crossEntropy(logits, targets));
    },
  };
}

/**
 * Draws from Beta(a, 1), in increasing order. The distribution function is x^a, so a
 * uniform number to the power 1 / a is a draw.
 *
 * @returns numbers in [0, 1)
 */
export function betaDraws(
  count: number,
  { a, random }: { readonly a: number; readonly random: Random },
): Float64Array {
  return Float64Array.from({ length: count }, () => random.uniform() ** (1 / a))
    .sort();
}

/**
 * Assigns values to scores by rank: the first value to the smallest score. Among
 * equal scores, the first row gets the earlier value.
 *
 * @param values `[n]`
 * @param scores `[n]`, finite
 * @returns `[n]`, in the order of the scores
 */
export function byRank(
  values: tf.Tensor1D,
  scores: tf.Tensor1D,
): tf.Tensor1D {
  const n = tf.scalar(scores.shape[0], "int32");
  const type = attribute.type("T", FLOAT);
  const sorted = attribute.bool("sorted", true);
  // Of equal numbers, TopKV2 returns the first before the others.
  const [, order] = rawOp("TopKV2", [type, sorted], [tf.neg(scores), n], 2);
  const [ranks] = rawOp(
    "InvertPermutation",
    [attribute.type("T", INT32)],
    [order],
    1,
  );
  return tf.gather(values, ranks as tf.Tensor1D);
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
