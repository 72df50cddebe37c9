import { BadInput } from "../bad_input.ts";
import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { softmax } from "../logits/softmax.ts";
import { CALIBRATOR_NAMES, CALIBRATORS } from "./calibrators/calibrators.ts";
import { checkLogits } from "./check.ts";
import type { CalibratedMetrics, Evaluation } from "./evaluation.ts";
import {
  METRIC_NAMES,
  type MetricName,
  METRICS,
  type Metrics,
  type Predictions,
} from "./metrics.ts";

/** Logits `[n, classes]` and the labels `[n]` of the same rows. */
export interface LabelledLogits {
  readonly logits: Logits;
  readonly labels: Int32Array;
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
 * validation rows, also fits every calibrator to them and measures the
 * calibrated logits.
 *
 * @param logits `[n, classes]`, finite
 * @param labels `[n]`, class indices
 * @throws {BadInput} for logits that are not finite, labels out of range, a
 * number of bins that is not whole, or validation rows of other classes
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
  { bins, validation }: {
    bins: number;
    validation?: LabelledLogits | undefined;
  },
): Evaluation {
  checkLogits("Cannot evaluate logits", logits, labels);
  const plain = measure(logits, labels, bins);
  if (validation === undefined) return { plain, calibrated: [] };
  const calibrated = calibrateLogits(logits, validation)
    .map(({ logits, ...fit }) => ({
      ...fit,
      metrics: measure(logits, labels, bins),
    }));
  return { plain, calibrated };
}

/** Logits after one calibrator, and what was fitted. */
export interface CalibratedLogits extends Omit<CalibratedMetrics, "metrics"> {
  /** `[n, classes]` */
  readonly logits: Logits;
}

/**
 * Logits after each calibrator, in the order of the table of calibrators.
 *
 * @param logits `[n, classes]`, finite
 * @param validation rows to fit to, of the same classes
 * @throws {BadInput} for validation rows of other classes, no such rows, logits
 * that are not finite or labels out of range
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
): CalibratedLogits[] {
  if (validation.logits.columns !== logits.columns) {
    throw new BadInput(
      `Cannot scale logits as validation must have ${logits.columns} classes: it has ${validation.logits.columns}`,
    );
  }
  return CALIBRATOR_NAMES.map((by) => {
    const { parameters, atBound, apply } = CALIBRATORS[by].fit(
      validation.logits,
      validation.labels,
    );
    return {
      by,
      parameters,
      ...(atBound === undefined ? {} : { atBound }),
      logits: apply(logits),
    };
  });
}

function measure(logits: Logits, labels: Int32Array, bins: number): Metrics {
  return computeMetrics(
    { probabilities: softmax(logits), labels, logits },
    bins,
  );
}

function computeMetrics(predictions: Predictions, bins: number): Metrics {
  const { rows: n, columns: classes } = predictions.probabilities;
  const values = METRIC_NAMES.map((name) =>
    [name, METRICS[name].compute(predictions, bins)] as const
  );
  const metrics = Object.fromEntries(values) as Record<MetricName, number>;
  return { n, classes, bins, ...metrics };
}
