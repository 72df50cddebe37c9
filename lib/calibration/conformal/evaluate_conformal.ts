import { softmax } from "../../logits/softmax.ts";
import type { CalibratedMetrics } from "../evaluation.ts";
import {
  type CalibratorName,
  CALIBRATORS,
} from "../calibrators/calibrators.ts";
import type { LabelledLogits } from "../labelled_logits.ts";
import {
  conformalMetrics,
  type ConformalOptions,
  type ConformalResult,
  type LabelledProbabilities,
} from "./conformal.ts";

/** Conformal sets from the probabilities after a calibrator, or before all. */
export interface CalibratedSets {
  /** Name of the calibrator; undefined for the uncalibrated probabilities. */
  readonly by: CalibratorName | undefined;
  /** One result per variant and coverage. */
  readonly results: readonly ConformalResult[];
}

/**
 * Conformal sets before and after calibration.
 *
 * Calibrators and thresholds are fitted to the same validation rows. This weakens the
 * guarantee of coverage, by little for calibrators with few parameters.
 *
 * @param validation rows for the thresholds, to which the calibrators were fitted
 * @param test rows to measure, with the same classes
 * @param calibrated fitted calibrators, such as of `evaluateLogits()`
 * @param options variants, coverages and seed
 * @throws {BadInput} as `conformalMetrics()` does
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { evaluateConformal, logitsOf } from "@ils/label-smoothing/calibration";
 * const rows = {
 *   logits: logitsOf(Array(9).fill([2, 1, 0])),
 *   labels: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 2),
 * };
 * const [{ by, results }] = evaluateConformal(rows, rows, [], {
 *   coverages: [0.8],
 * });
 * strictEqual(by, undefined);
 * strictEqual(results[0].method, "thr");
 * strictEqual(results[0].meanSize, 2);
 * ```
 */
export function evaluateConformal(
  validation: LabelledLogits,
  test: LabelledLogits,
  calibrated: readonly Pick<CalibratedMetrics, "by" | "parameters">[],
  options: ConformalOptions = {},
): CalibratedSets[] {
  const plain = conformalMetrics(
    labelled(validation),
    labelled(test),
    options,
  );
  const others = calibrated.map(({ by, parameters }) => {
    const after = ({ logits, labels }: LabelledLogits) =>
      labelled({ logits: CALIBRATORS[by].apply(parameters, logits), labels });
    const results = conformalMetrics(after(validation), after(test), options);
    return { by, results };
  });
  return [{ by: undefined, results: plain }, ...others];
}

function labelled({ logits, labels }: LabelledLogits): LabelledProbabilities {
  return { probabilities: softmax(logits), labels };
}
