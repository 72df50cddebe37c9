import type { CalibratorParameters } from "./calibrators/calibrator.ts";
import type { CalibratorName } from "./calibrators/calibrators.ts";
import type { Metrics } from "./metrics.ts";

/** Metrics of logits as they are, and of the same logits once calibrated. */
export interface Evaluation {
  /** Of the logits as they are. */
  readonly plain: Metrics;
  /** One for each calibrator; none without rows to fit them to. */
  readonly calibrated: readonly CalibratedMetrics[];
}

/** Metrics of logits after one calibrator. */
export interface CalibratedMetrics {
  /** The calibrator. */
  readonly by: CalibratorName;
  /** Fitted on other rows. */
  readonly parameters: CalibratorParameters;
  /** True where the search for them ended at a bound. */
  readonly atBound?: boolean;
  /** Of the calibrated logits. */
  readonly metrics: Metrics;
}

/** Metrics of `softmax(logits / temperature)`. */
export interface ScaledMetrics {
  /** Greater than 0. */
  readonly temperature: number;
  /** True where it is a bound of the search; older records lack it. */
  readonly atBound: boolean | undefined;
  /** Of the scaled logits. */
  readonly metrics: Metrics;
}

/**
 * The temperature scaling of an evaluation.
 *
 * @returns `undefined` without rows to fit a temperature to
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf } from "@ils/label-smoothing/logits";
 * import {
 *   evaluateLogits,
 *   scaledMetrics,
 * } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const labels = Int32Array.of(0, 0, 0, 1);
 * const validation = { logits, labels };
 * const evaluation = evaluateLogits(logits, labels, { bins: 10, validation });
 * strictEqual(scaledMetrics(evaluation)!.temperature.toFixed(2), "3.64");
 * ```
 */
export function scaledMetrics(
  { calibrated }: Evaluation,
): ScaledMetrics | undefined {
  const found = calibrated.find(({ by }) => by === "temperature");
  if (found === undefined) return undefined;
  const { parameters, atBound, metrics } = found;
  return { temperature: Number(parameters.temperature), atBound, metrics };
}
