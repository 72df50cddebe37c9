import type { Logits } from "../matrix_kinds.ts";
import type { CalibratorName } from "./calibrators/calibrators.ts";
import { checkLogits } from "./check.ts";
import { compareModels, type CompareModelsOptions } from "./compare_models.ts";
import { fitCalibrators } from "./evaluate.ts";
import type { ExtendedEvaluation } from "./extended_evaluation.ts";
import type { LabelledLogits } from "./labelled_logits.ts";

/** Settings of `evaluateExtended()`. */
export interface ExtendedOptions extends CompareModelsOptions {
  /** Rows for the calibrators, with the same classes (none). */
  readonly validation?: LabelledLogits | undefined;
  /** Calibrators to fit to them (temperature scaling). */
  readonly calibrators?: readonly CalibratorName[] | undefined;
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
  const { validation, calibrators, ...settings } = options;
  checkLogits("Cannot evaluate logits", logits, labels);
  const fits = validation === undefined
    ? []
    : fitCalibrators(logits, validation, calibrators);
  const model = { logits, fits };
  const { models } = await compareModels([model], labels, settings);
  return models[0];
}
