import { tf } from "../engine/engine.ts";
import type { TrainingLoss } from "./averaged_loss.ts";
import type { LossSpec } from "./loss_spec.ts";
import { betaSmoothing } from "./losses/beta_smoothing.ts";
import { oneHotRows } from "./losses/one_hot.ts";
import { rowLoss } from "./losses/row_losses.ts";

/** What a loss is told of the training set. */
export interface LossData {
  /** `[n]` */
  readonly labels: Int32Array;
  readonly classes: number;
  /** The run's seed, for a loss that draws. */
  readonly seed: number;
}

/** A loss and the tensors that it holds. */
export interface OpenLoss {
  readonly loss: TrainingLoss;
  dispose(): void;
}

/** The loss of a spec over a training set: the mean over a batch's rows. */
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
    loss: (logits, rows) =>
      tf.mean(byRow(logits, oneHotRows(labels, rows, classes))),
    dispose,
  };
}
