import { softmax } from "../logits/softmax.ts";
import type { Logits } from "../matrix_kinds.ts";
import type { CalibratorName } from "./calibrators/calibrators.ts";
import { checkLogits } from "./check.ts";
import { calibrateLogits } from "./evaluate.ts";
import type { Evaluation } from "./evaluation.ts";
import {
  type ExtendedMetrics,
  extendedMetrics,
  type MetricSettings,
} from "./extended_metrics.ts";
import type { LabelledLogits } from "./labelled_logits.ts";
import {
  bootstrapMetrics,
  type MetricIntervals,
} from "./resampling/bootstrap.ts";

/** Settings of `evaluateExtended()`. */
export interface ExtendedOptions extends MetricSettings {
  /** Rows for the calibrators, with the same classes (none). */
  readonly validation?: LabelledLogits | undefined;
  /** Calibrators to fit to them (temperature scaling). */
  readonly calibrators?: readonly CalibratorName[] | undefined;
  /** Number of bootstrap resamples; 0 for no intervals (1000). */
  readonly resamples?: number;
  /** Seed of the resamples (1). */
  readonly seed?: number;
  /** Called now and then with the number of finished resamples. */
  readonly onProgress?: (finished: number, resamples: number) => void;
}

/** All metrics of logits before and after calibration, with intervals. */
export interface ExtendedEvaluation extends Evaluation<ExtendedMetrics> {
  /**
   * 95 % intervals of the uncalibrated metrics, then of each calibrator's; empty without
   * resamples.
   */
  readonly intervals: readonly MetricIntervals[];
}

/**
 * As `evaluateLogits()`, with the metrics of `extendedMetrics()` and the intervals of
 * `bootstrapMetrics()`. The calibrators are not fitted again to resamples, which are of
 * the evaluated rows alone.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param labels `[n]`, class indices
 * @param options bins, validation rows, calibrators and resamples
 * @throws {BadInput} as `evaluateLogits()` and `bootstrapMetrics()` do
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { evaluateExtended, logitsOf } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const labels = Int32Array.of(0, 0, 0, 1);
 * const { plain, intervals } = await evaluateExtended(logits, labels, {
 *   bins: 10,
 *   validation: { logits, labels },
 * });
 * ok(intervals[0].ece.low <= plain.ece && plain.ece <= intervals[0].ece.high);
 * // After temperature scaling.
 * ok(intervals[1].logLoss.high < intervals[0].logLoss.high);
 * ```
 */
export async function evaluateExtended(
  logits: Logits,
  labels: Int32Array,
  options: ExtendedOptions,
): Promise<ExtendedEvaluation> {
  const { validation, calibrators, resamples = 1000, ...settings } = options;
  checkLogits("Cannot evaluate logits", logits, labels);
  const fits = validation === undefined
    ? []
    : calibrateLogits(logits, validation, calibrators);
  const models = [logits, ...fits.map(({ logits }) => logits)]
    .map((logits) => ({ probabilities: softmax(logits), labels, logits }));
  const [plain, ...metrics] = models
    .map((predictions) => extendedMetrics(predictions, settings));
  const intervals = resamples === 0
    ? []
    : (await bootstrapMetrics(models, { ...settings, resamples })).models;
  return {
    plain,
    calibrated: fits.map(({ logits: _, ...fit }, i) => (
      { ...fit, metrics: metrics[i] }
    )),
    intervals,
  };
}
