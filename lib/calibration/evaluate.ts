import { BadInput } from "../bad_input.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { softmax } from "../logits/softmax.ts";
import { fitTemperature } from "./calibrators/temperature.ts";
import { checkLogits } from "./check.ts";
import {
  METRIC_NAMES,
  type MetricName,
  METRICS,
  type Metrics,
  type Predictions,
} from "./metrics.ts";
import { logitsLogLoss } from "./scores.ts";

/** Logits `[n, classes]` and the labels `[n]` of the same rows. */
export interface LabelledLogits {
  readonly logits: Logits;
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
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): Metrics {
  return computeMetrics({ probabilities, labels }, bins);
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
  logits: Logits,
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
  logits: Logits,
  labels: Int32Array,
  temperature: number,
  bins: number,
): Metrics {
  return {
    ...evaluate(softmax(logits, temperature), labels, bins),
    logLoss: logitsLogLoss(logits, labels, temperature),
  };
}

function computeMetrics(predictions: Predictions, bins: number): Metrics {
  const { rows: n, columns: classes } = predictions.probabilities;
  const values = METRIC_NAMES.map((name) =>
    [name, METRICS[name].compute(predictions, bins)] as const
  );
  const metrics = Object.fromEntries(values) as Record<MetricName, number>;
  return { n, classes, bins, ...metrics };
}
