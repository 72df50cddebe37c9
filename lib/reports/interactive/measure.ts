import { reliability, type ReliabilityBin } from "../../calibration/bins.ts";
import {
  type CalibratorName,
  CALIBRATORS,
} from "../../calibration/calibrators/calibrators.ts";
import type { CalibratorParameters } from "../../calibration/calibrators/calibrator.ts";
import { calibrationError } from "../../calibration/general_error.ts";
import { massReliability } from "../../calibration/mass_bins.ts";
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
  { bins, norm, binning, temperature }: Settings,
  fit?: EmbeddedFit,
): Measured {
  const calibrated = fit === undefined
    ? logits
    : CALIBRATORS[fit.by].apply(fit.parameters, logits);
  const scaled = CALIBRATORS.temperature.apply({ temperature }, calibrated);
  const probabilities = softmax(scaled);
  const diagram = binning === "equalWidth" ? reliability : massReliability;
  return {
    bins: diagram(probabilities, labels, bins),
    ece: calibrationError(probabilities, labels, { bins, norm, binning }),
    logLoss: logitsLogLoss(scaled, labels),
    accuracy: accuracy(probabilities, labels),
  };
}
