import { BadInput } from "../bad_input.ts";
import type { Matrix } from "../matrix.ts";
import { softmax } from "../logits/softmax.ts";
import { adaptiveEce } from "./adaptive_error.ts";
import { ace, ece, mce } from "./calibration_error.ts";
import { checkLogits } from "./check.ts";
import { classwiseEce, labelConditionalEce } from "./classwise_error.ts";
import { accuracy, brier, logitsLogLoss, logLoss } from "./scores.ts";
import { fitTemperature } from "./calibrators/temperature.ts";

/** What is measured of predictions; each number is explained at its function. */
export interface Metrics {
  /** Rows. */
  readonly n: number;
  readonly classes: number;
  /** Bins behind every calibration error here. */
  readonly bins: number;
  readonly accuracy: number;
  readonly logLoss: number;
  readonly brier: number;
  readonly ece: number;
  readonly mce: number;
  readonly ace: number;
  readonly classwiseEce: number;
  readonly adaptiveEce: number;
  readonly labelConditionalEce: number;
}

/** Logits `[n, classes]` and the labels `[n]` of the same rows. */
export interface LabelledLogits {
  readonly logits: Matrix;
  readonly labels: Int32Array;
}

/** Metrics as the logits stand and, with validation rows, once scaled. */
export interface LogitsMetrics extends Metrics {
  /** Fitted on the validation rows; exactly a bound where none is best. */
  readonly temperature?: number;
  /** True where it is a bound, beyond which their log loss still falls. */
  readonly temperatureAtBound?: boolean;
  /** Metrics of `softmax(logits / temperature)`. */
  readonly scaled?: Metrics;
}

/**
 * Accuracy, proper scores and calibration errors of predicted probabilities.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @throws {BadInput} for rows that are no distributions, labels out of range or
 * a number of bins that is not whole
 */
export function evaluate(
  probabilities: Matrix,
  labels: Int32Array,
  bins: number,
): Metrics {
  return {
    n: probabilities.rows,
    classes: probabilities.columns,
    bins,
    accuracy: accuracy(probabilities, labels),
    logLoss: logLoss(probabilities, labels),
    brier: brier(probabilities, labels),
    ece: ece(probabilities, labels, bins),
    mce: mce(probabilities, labels, bins),
    ace: ace(probabilities, labels, bins),
    classwiseEce: classwiseEce(probabilities, labels, bins),
    adaptiveEce: adaptiveEce(probabilities, labels, bins),
    labelConditionalEce: labelConditionalEce(probabilities, labels, bins),
  };
}

/**
 * The same of logits, in float64, with a log loss that is always finite. Given
 * validation rows, also fits a temperature to them and measures the scaled
 * logits.
 *
 * @param logits `[n, classes]`, finite
 * @param labels `[n]`, class indices
 * @throws {BadInput} for logits that are not finite, labels out of range, a
 * number of bins that is not whole, or validation rows of other classes
 */
export function evaluateLogits(
  logits: Matrix,
  labels: Int32Array,
  { bins, validation }: {
    bins: number;
    validation?: LabelledLogits | undefined;
  },
): LogitsMetrics {
  checkLogits("Cannot evaluate logits", logits, labels);
  const unscaled = evaluateAt(logits, labels, 1, bins);
  if (validation === undefined) return unscaled;
  if (validation.logits.columns !== logits.columns) {
    throw new BadInput(
      `Cannot scale logits as validation must have ${logits.columns} classes: it has ${validation.logits.columns}`,
    );
  }
  const { temperature, atBound } = fitTemperature(
    validation.logits,
    validation.labels,
  );
  const scaled = evaluateAt(logits, labels, temperature, bins);
  return { ...unscaled, temperature, temperatureAtBound: atBound, scaled };
}

function evaluateAt(
  logits: Matrix,
  labels: Int32Array,
  temperature: number,
  bins: number,
): Metrics {
  return {
    ...evaluate(softmax(logits, temperature), labels, bins),
    logLoss: logitsLogLoss(logits, labels, temperature),
  };
}
