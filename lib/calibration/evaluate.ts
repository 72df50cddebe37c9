import { BadInput } from "../bad_input.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { softmax } from "../logits/softmax.ts";
import type { CalibratorName } from "./calibrators/calibrators.ts";
import {
  type CalibratorFit,
  fitCalibrator,
} from "./calibrators/fit_calibrator.ts";
import { checkLogits } from "./check.ts";
import type { CalibratedMetrics, Evaluation } from "./evaluation.ts";
import type { LabelledLogits } from "./labelled_logits.ts";
import {
  METRIC_NAMES,
  type MetricName,
  METRICS,
  type Metrics,
  type Predictions,
} from "./metrics.ts";

/**
 * Accuracy, proper scores and calibration errors of predicted probabilities: all
 * metrics in `METRICS`.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins of calibration errors, in [1, 1000000]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { evaluate, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.75, 0.25]]);
 * const metrics = evaluate(probabilities, Int32Array.of(0, 1), 10);
 * strictEqual(metrics.accuracy, 0.5);
 * strictEqual(metrics.ece, 0.25);
 * strictEqual(metrics.brier, (2 * 0.25 ** 2 + 2 * 0.75 ** 2) / 2);
 * ```
 */
export function evaluate(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): Metrics {
  return computeMetrics({ probabilities, labels }, bins);
}

/**
 * All metrics of logits, with a log loss that is always finite. With validation rows,
 * also fits calibrators to them and evaluates the calibrated logits.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param labels `[n]`, class indices
 * @param options `bins`, the number of bins of calibration errors, in [1, 1000000];
 * `validation`, rows for the calibrators, with the same classes (none); `calibrators`,
 * their names (temperature scaling)
 * @throws {BadInput} for NaN or Infinity among the logits, labels out of range or with a
 * logit of -Infinity, a wrong number of bins, or validation rows with a different number of classes
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf } from "@ils/label-smoothing/logits";
 * import { evaluateLogits } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const labels = Int32Array.of(0, 0, 0, 1);
 * const { plain, calibrated } = evaluateLogits(logits, labels, {
 *   bins: 10,
 *   validation: { logits, labels },
 * });
 * strictEqual(plain.accuracy, 0.75);
 * strictEqual(plain.ece.toFixed(3), "0.232");
 * strictEqual(calibrated[0].by, "temperature");
 * strictEqual(calibrated[0].metrics.ece.toFixed(3), "0.000");
 * ```
 */
export function evaluateLogits(
  logits: Logits,
  labels: Int32Array,
  options: {
    bins: number;
    validation?: LabelledLogits | undefined;
    calibrators?: readonly CalibratorName[] | undefined;
  },
): Evaluation {
  const { bins, validation, calibrators } = options;
  checkLogits("Cannot evaluate logits", logits, labels);
  const plain = measure(logits, labels, bins);
  if (validation === undefined) return { plain, calibrated: [] };
  const calibrated = calibrateLogits(logits, validation, calibrators)
    .map(({ logits, ...fit }) => ({
      ...fit,
      metrics: measure(logits, labels, bins),
    }));
  return { plain, calibrated };
}

/** Logits after one calibrator, and its fitted parameters. */
export interface CalibratedLogits extends Omit<CalibratedMetrics, "metrics"> {
  /** `[n, classes]`, finite or -Infinity. */
  readonly logits: Logits;
}

/**
 * Logits after each of some calibrators. Their settings are chosen as by
 * `fitCalibrator()`.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param validation rows for the calibrators, with the same classes
 * @param calibrators their names (temperature scaling)
 * @throws {BadInput} for validation rows with a different number of classes, no rows,
 * NaN or Infinity among the logits, or labels out of range or with a logit of -Infinity
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { calibrateLogits } from "@ils/label-smoothing/calibration";
 * // Three of four are right, at a confidence of 98 %.
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const labels = Int32Array.of(0, 0, 0, 1);
 * const [scaled] = calibrateLogits(logits, { logits, labels });
 * strictEqual(softmax(scaled.logits).data[0].toFixed(4), "0.7500");
 * ```
 */
export function calibrateLogits(
  logits: Logits,
  validation: LabelledLogits,
  calibrators?: readonly CalibratorName[],
): CalibratedLogits[] {
  return fitCalibrators(logits, validation, calibrators)
    .map(({ apply, validationLogLoss: _, ...fit }) => (
      { ...fit, logits: apply(logits) }
    ));
}

/** Fits calibrators (temperature scaling) that are meant for logits. */
export function fitCalibrators(
  { columns }: Logits,
  validation: LabelledLogits,
  calibrators: readonly CalibratorName[] = ["temperature"],
): CalibratorFit[] {
  if (validation.logits.columns !== columns) {
    throw new BadInput(
      `Cannot calibrate logits as the validation logits must have ` +
        `${columns} classes: they have ${validation.logits.columns}`,
    );
  }
  return calibrators.map((by) => fitCalibrator(by, validation));
}

function measure(logits: Logits, labels: Int32Array, bins: number): Metrics {
  return computeMetrics(
    { probabilities: softmax(logits), labels, logits },
    bins,
  );
}

/** The metrics in `METRICS` of predictions. */
export function computeMetrics(
  predictions: Predictions,
  bins: number,
): Metrics {
  const { rows: n, columns: classes } = predictions.probabilities;
  const values = METRIC_NAMES.map((name) =>
    [name, METRICS[name].compute(predictions, bins)] as const
  );
  const metrics = Object.fromEntries(values) as Record<MetricName, number>;
  return { n, classes, bins, ...metrics };
}
