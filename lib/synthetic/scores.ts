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

/** Bins of the study's calibration errors. */
export const BINS = 15;

/** What the study's Table V measures on test points, as fractions. */
export interface SyntheticScores {
  readonly accuracy: number;
  /** Of points drawn from dense circles; null where there are none. */
  readonly accuracyDense: number | null;
  readonly accuracySparse: number | null;
  readonly logLoss: number;
  readonly ece: number;
  readonly classwiseEce: number;
  /** The figure that the study calls class-wise. */
  readonly labelConditionalEce: number;
}

/**
 * Scores of `softmax(logits / temperature)`; every calibration error has 15
 * bins.
 *
 * @param logits `[n, classes]`, of the sample's points
 */
export function scoreSample(
  logits: Logits,
  { labels, sparse }: CirclesSample,
  temperature = 1,
): SyntheticScores {
  const probabilities = softmax(logits, temperature);
  const right = labels.map((label, i) =>
    argMax(probabilities, i) === label ? 1 : 0
  );
  return {
    accuracy: mean(right),
    accuracyDense: shareOf(right, sparse, 0),
    accuracySparse: shareOf(right, sparse, 1),
    logLoss: logitsLogLoss(logits, labels, temperature),
    ece: ece(probabilities, labels, BINS),
    classwiseEce: classwiseEce(probabilities, labels, BINS),
    labelConditionalEce: labelConditionalEce(probabilities, labels, BINS),
  };
}

/** Share of ones among the points of a part; null where it has none. */
function shareOf(
  right: Int32Array,
  sparse: Uint8Array,
  part: 0 | 1,
): number | null {
  const own = right.filter((_, i) => sparse[i] === part);
  return own.length === 0 ? null : mean(own);
}
