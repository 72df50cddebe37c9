import { tf } from "../engine/engine.ts";
import type { TrainingLoss } from "./averaged_loss.ts";
import type { LossSpec } from "./loss_spec.ts";
import { betaSmoothing } from "./losses/beta_smoothing.ts";
import { brier } from "./losses/brier.ts";
import { confidencePenalty } from "./losses/confidence_penalty.ts";
import { flsd53, focal } from "./losses/focal.ts";
import { marginSmoothing } from "./losses/margin.ts";
import { oneHotRows } from "./losses/one_hot.ts";
import { softBootstrap } from "./losses/soft_bootstrap.ts";

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

/** A loss of logits and one-hot labels, both `[batch, classes]`, by row. */
type RowLoss = (logits: tf.Tensor2D, labels: tf.Tensor2D) => tf.Tensor1D;

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

function rowLoss(spec: Exclude<LossSpec, { readonly name: "beta" }>): RowLoss {
  switch (spec.name) {
    case "bootstrap-soft":
      return (z, y) => softBootstrap(z, y, spec.bootstrapBeta);
    case "focal":
      return (z, y) => focal(z, y, spec.focalGamma);
    case "flsd-53":
      return flsd53;
    case "mbls":
      return (z, y) =>
        marginSmoothing(z, y, {
          alpha: spec.mblsAlpha,
          margin: spec.mblsMargin,
        });
    case "confidence-penalty":
      return (z, y) => confidencePenalty(z, y, spec.penaltyWeight);
    case "brier":
      return brier;
  }
}
