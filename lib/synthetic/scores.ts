import { ece } from "../calibration/calibration_error.ts";
import {
  classwiseEce,
  labelConditionalEce,
} from "../calibration/classwise_error.ts";
import { logitsLogLoss } from "../calibration/scores.ts";
import type { CirclesSample } from "./circles.ts";
import { argMax } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";
import { softmax } from "../logits/softmax.ts";
import { mean } from "../statistics/summary.ts";

/** Number of bins of the study's calibration errors. */
export const BINS = 15;

/**
 * The scores of the study's Table V on test points; accuracies are fractions.
 */
export interface SyntheticScores {
  readonly accuracy: number;
  /** Accuracy on points drawn from dense circles; null without such points. */
  readonly accuracyDense: number | null;
  /** Accuracy on points drawn from sparse circles; null without such points. */
  readonly accuracySparse: number | null;
  readonly logLoss: number;
  readonly ece: number;
  readonly classwiseEce: number;
  /** What the study calls class-wise ECE. */
  readonly labelConditionalEce: number;
}

/**
 * Scores `softmax(logits / temperature)`; every calibration error has 15 bins.
 *
 * @param logits `[n, classes]`, for the sample's points
 */
export function scoreSample(
  logits: Logits,
  { labels, sparse }: CirclesSample,
  temperature = 1,
): SyntheticScores {
  const probabilities = softmax(logits, temperature);
  const correct = labels.map((label, i) =>
    argMax(probabilities, i) === label ? 1 : 0
  );
  return {
    accuracy: mean(correct),
    accuracyDense: shareOf(correct, sparse, 0),
    accuracySparse: shareOf(correct, sparse, 1),
    logLoss: logitsLogLoss(logits, labels, temperature),
    ece: ece(probabilities, labels, BINS),
    classwiseEce: classwiseEce(probabilities, labels, BINS),
    labelConditionalEce: labelConditionalEce(probabilities, labels, BINS),
  };
}

/** Returns the share of correct points in a part; null without points. */
function shareOf(
  correct: Int32Array,
  sparse: Uint8Array,
  part: 0 | 1,
): number | null {
  const own = correct.filter((_, i) => sparse[i] === part);
  return own.length === 0 ? null : mean(own);
}
