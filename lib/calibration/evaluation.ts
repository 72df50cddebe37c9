import type {
  CalibratorParameters,
  CalibratorSettings,
  FitProblem,
} from "./calibrators/calibrator.ts";
import type { CalibratorName } from "./calibrators/calibrators.ts";
import type { Metrics } from "./metrics.ts";

/** Metrics of logits before and after calibration. */
export interface Evaluation<Values extends Metrics = Metrics> {
  /** Metrics of the uncalibrated logits. */
  readonly plain: Values;
  /** One entry per calibrator; empty without validation rows. */
  readonly calibrated: readonly CalibratedMetrics<Values>[];
}

/** Metrics of logits after one calibrator. */
export interface CalibratedMetrics<Values extends Metrics = Metrics> {
  /** Name of the calibrator. */
  readonly by: CalibratorName;
  /** Parameters fitted on the validation rows. */
  readonly parameters: CalibratorParameters;
  /** Settings chosen by cross-validation; absent if there was nothing to choose. */
  readonly settings?: CalibratorSettings;
  /** Whether a parameter is at a bound of its search. */
  readonly atBound?: boolean;
  /** Why the fit should not be trusted; absent if there is no reason. */
  readonly problems?: readonly FitProblem[];
  /** Metrics of the calibrated logits. */
  readonly metrics: Values;
}

/**
 * Why a fit should not be trusted; empty if there is no reason. Older records only say
 * that a search ended at a bound.
 */
export function fitProblems(
  { problems, atBound }: Pick<CalibratedMetrics, "problems" | "atBound">,
): readonly FitProblem[] {
  if (problems !== undefined) return problems;
  const reason = "the validation log loss still falls beyond it";
  return atBound ? [{ kind: "bound", reason }] : [];
}

/** Metrics of `softmax(logits / temperature)`. */
export interface ScaledMetrics<Values extends Metrics = Metrics> {
  /** Fitted temperature, greater than 0. */
  readonly temperature: number;
  /** Whether it is a bound of the search; older records lack this. */
  readonly atBound: boolean | undefined;
  /** Metrics of the scaled logits. */
  readonly metrics: Values;
}

/**
 * The results of temperature scaling in an evaluation.
 *
 * @param evaluation such as from `evaluateLogits()`
 * @returns `undefined` if the evaluation had no validation rows
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
export function scaledMetrics<Values extends Metrics>(
  evaluation: Evaluation<Values>,
): ScaledMetrics<Values> | undefined {
  const { calibrated } = evaluation;
  const found = calibrated.find(({ by }) => by === "temperature");
  if (found === undefined) return undefined;
  const { parameters, atBound, metrics } = found;
  return { temperature: Number(parameters.temperature), atBound, metrics };
}
