import {
  reliability,
  type ReliabilityBin,
  topLabels,
} from "../../calibration/bins.ts";
import {
  type CalibratorName,
  CALIBRATORS,
} from "../../calibration/calibrators/calibrators.ts";
import type { CalibratorParameters } from "../../calibration/calibrators/calibrator.ts";
import { calibrationError } from "../../calibration/general_error.ts";
import { massReliability } from "../../calibration/mass_bins.ts";
import {
  riskCoverage,
  type RiskPoint,
} from "../../calibration/risk_coverage.ts";
import { accuracy, logitsLogLoss } from "../../calibration/scores.ts";
import { softmax } from "../../logits/softmax.ts";
import type { Logits } from "../../matrix_kinds.ts";

/** What a reader has chosen. */
export interface Settings {
  readonly bins: number;
  readonly norm: 1 | 2 | "max";
  readonly binning: "equalWidth" | "equalMass";
  /** Divides the logits, after the calibrator. */
  readonly temperature: number;
  /** Confidence below which predictions are rejected, in [0, 1]. */
  readonly threshold: number;
}

/** A calibrator as a page embeds it. */
export interface EmbeddedFit {
  readonly by: CalibratorName;
  readonly parameters: CalibratorParameters;
}

/** The numbers of one model with the reader's settings. */
export interface Measured {
  readonly bins: readonly ReliabilityBin[];
  readonly ece: number;
  readonly logLoss: number;
  readonly accuracy: number;
  /** The predictions above the threshold: their share and error rate. */
  readonly kept: RiskPoint;
  readonly riskCoverage: readonly RiskPoint[];
}

/**
 * Measures a model with a reader's settings: the same code in Deno and in a page.
 *
 * @param labels `[n]`, class indices
 * @param fit a calibrator that is applied first
 */
export function measure(
  logits: Logits,
  labels: Int32Array,
  { bins, norm, binning, temperature, threshold }: Settings,
  fit?: EmbeddedFit,
): Measured {
  const calibrated = fit === undefined
    ? logits
    : CALIBRATORS[fit.by].apply(fit.parameters, logits);
  const scaled = CALIBRATORS.temperature.apply({ temperature }, calibrated);
  const probabilities = softmax(scaled);
  const { confidence, correct } = topLabels(probabilities, labels);
  const diagram = binning === "equalWidth" ? reliability : massReliability;
  return {
    bins: diagram(probabilities, labels, bins),
    ece: calibrationError(probabilities, labels, { bins, norm, binning }),
    logLoss: logitsLogLoss(scaled, labels),
    accuracy: accuracy(probabilities, labels),
    kept: keptAbove(threshold, confidence, correct),
    riskCoverage: riskCoverage(confidence, correct).curve,
  };
}

function keptAbove(
  threshold: number,
  confidence: Float64Array,
  correct: Uint8Array,
): RiskPoint {
  let kept = 0;
  let wrong = 0;
  confidence.forEach((value, i) => {
    if (value < threshold) return;
    kept++;
    if (!correct[i]) wrong++;
  });
  return { coverage: kept / confidence.length, risk: wrong / kept };
}
