/** Losses on hard labels, per row. */
import { tf } from "../../engine/engine.ts";
import { crossEntropy } from "../cross_entropy.ts";
import type { LossSpec } from "../loss_spec.ts";
import { entropy } from "./entropy.ts";
import { modulated } from "./focal_modulation.ts";
import { beyondMargin } from "./margin_penalty.ts";

/** From logits and one-hot labels, both `[batch, classes]`, to losses `[batch]`. */
export type RowLoss = (logits: tf.Tensor2D, labels: tf.Tensor2D) => tf.Tensor1D;

/** A loss that depends on the logits and labels of the batch only. */
export type RowLossSpec = Exclude<LossSpec, { readonly name: "beta" }>;

/** The function of each loss, from its spec. */
const ROW_LOSSES: {
  readonly [Name in RowLossSpec["name"]]: (
    spec: RowLossSpec & { readonly name: Name },
  ) => RowLoss;
} = {
  "bootstrap-soft": ({ bootstrapBeta }) => (z, y) =>
    softBootstrap(z, y, bootstrapBeta),
  "focal": ({ focalGamma }) => (z, y) => focal(z, y, focalGamma),
  "flsd-53": () => flsd53,
  "mbls": ({ mblsAlpha: alpha, mblsMargin: margin }) => (z, y) =>
    marginSmoothing(z, y, { alpha, margin }),
  "confidence-penalty": ({ penaltyWeight }) => (z, y) =>
    confidencePenalty(z, y, penaltyWeight),
  "brier": () => brier,
};

/** The loss of a spec. */
export function rowLoss(spec: RowLossSpec): RowLoss {
  return (ROW_LOSSES[spec.name] as (spec: RowLossSpec) => RowLoss)(spec);
}

/**
 * The Brier score of each row, `sum_k (p_k - y_k)^2` with p = softmax(z) (Brier 1950,
 * "Verification of Forecasts Expressed in Terms of Probability").
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

/**
 * Cross-entropy minus the weighted entropy of the prediction, which penalises
 * confidence: `-log p_t - weight H(p)` of each row (Pereyra et al. 2017, "Regularizing
 * Neural Networks by Penalizing Confident Output Distributions"; their beta is the
 * weight).
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @param weight at least 0
 * @returns `[batch]`, possibly negative
 */
export function confidencePenalty(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  weight: number,
): tf.Tensor1D {
  const penalty = tf.mul(entropy(logits), weight);
  return tf.sub(crossEntropy(logits, labels), penalty);
}

/**
 * Soft bootstrapping of each row, `-sum_k (beta y_k + (1 - beta) p_k) log p_k`, where p
 * is the current prediction (Reed et al. 2015, "Training Deep Neural Networks on Noisy
 * Labels with Bootstrapping").
 *
 * The gradient flows through both p: as the paper remarks, the objective is softmax
 * regression with minimum entropy regularisation, `beta CE + (1 - beta) H(p)`. It makes
 * the network more confident; the confidence penalty makes it less confident.
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

/**
 * Focal loss of each row, `-(1 - p_t)^gamma log p_t`, where p_t is the probability of
 * the true class (Lin et al. 2017, "Focal Loss for Dense Object Detection",
 * equation 4, without their class weights). With gamma = 0 it is the cross-entropy.
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @param gamma at least 0
 * @returns `[batch]`
 */
export function focal(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  gamma: number,
): tf.Tensor1D {
  return modulated(logits, labels, () => tf.scalar(gamma));
}

/** `-log 0.2`: the cross-entropy if the true class has probability 0.2. */
const HARD = Math.log(5);

/**
 * Focal loss of each row with gamma = 5 if p_t < 0.2 and gamma = 3 otherwise: FLSD-53
 * of Mukhoti et al. 2020, "Calibrating Deep Neural Networks using Focal Loss". Gamma
 * is a constant for the gradient; the loss is discontinuous at 0.2.
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @returns `[batch]`
 */
export function flsd53(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
): tf.Tensor1D {
  return modulated(
    logits,
    labels,
    (crossEntropy) =>
      tf.where(tf.greater(crossEntropy, HARD), tf.scalar(5), tf.scalar(3)),
  );
}

/** Options of `marginSmoothing()`. */
export interface MarginOptions {
  /** Weight of the penalty, at least 0. */
  readonly alpha: number;
  /** Distance to the largest logit without penalty, at least 0. */
  readonly margin: number;
}

/**
 * Margin-based label smoothing of each row, `-log p_t + alpha / K sum_k max(0,
 * max_j z_j - z_k - margin)` with K classes (Liu et al. 2022, "The Devil is in
 * the Margin: Margin-based Label Smoothing for Network Calibration").
 *
 * The paper's formula sums the penalty over the classes. The authors' code, with which
 * they chose alpha, averages it; so does this function.
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot `[batch, classes]`
 * @returns `[batch]`
 */
export function marginSmoothing(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  { alpha, margin }: MarginOptions,
): tf.Tensor1D {
  const weight = alpha / logits.shape[1];
  const penalty = tf.mul(beyondMargin(logits, margin), weight);
  return tf.add(crossEntropy(logits, labels), penalty);
}
