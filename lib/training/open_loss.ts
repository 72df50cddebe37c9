import { tf } from "../engine/engine.ts";
import type { TrainingLoss } from "./averaged_loss.ts";
import { lossReading } from "./cross_entropy.ts";
import type { LossSpec } from "./loss_spec.ts";
import { betaSmoothing } from "./losses/beta_smoothing.ts";
import { oneHotRows } from "./losses/one_hot.ts";
import { rowLoss } from "./losses/row_losses.ts";

/** The training set of a loss on hard labels. */
export interface LossData {
  /** `[n]`, class indices of the training set. */
  readonly labels: Int32Array;
  /** Number of classes, at least 2. */
  readonly classes: number;
  /** Seed of losses that draw random numbers: the seed of `fit()`. */
  readonly seed: number;
}

/** A loss with the tensors that it owns. */
export interface OpenLoss<Loss extends TrainingLoss = TrainingLoss> {
  /** The loss, to be passed to `fit()`. */
  readonly loss: Loss;
  /** Disposes the loss's tensors. */
  dispose(): void;
}

/**
 * The loss of a spec over a training set: the mean over the rows of a batch.
 *
 * @param spec name and settings, as from `parseLoss()`
 * @param data labels of the training set
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { openLoss, parseLoss } from "@ils/label-smoothing/training";
 * const labels = Int32Array.of(0, 1, 1);
 * const focal = openLoss(parseLoss("focal", { focalGamma: 2 }), {
 *   labels,
 *   classes: 2,
 *   seed: 1,
 * });
 * strictEqual(typeof focal.loss, "function"); // for the options of fit()
 * focal.dispose();
 * ```
 */
export function openLoss(spec: LossSpec, data: LossData): OpenLoss {
  const { classes, seed } = data;
  const labels = tf.keep(tf.tensor1d(data.labels, "int32"));
  const dispose = () => labels.dispose();
  if (spec.name === "beta") {
    const { betaA: a, betaWeight: weight, emaDecay: decay } = spec;
    const options = { a, weight, decay, classes, seed };
    return { loss: betaSmoothing(labels, options), dispose };
  }
  const byRow = rowLoss(spec);
  return {
    loss: lossReading(
      [labels],
      (logits, rows) =>
        tf.mean(byRow(logits, oneHotRows(labels, rows, classes))),
    ),
    dispose,
  };
}
