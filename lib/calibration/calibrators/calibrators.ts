import type { Calibrator } from "./calibrator.ts";
import { temperatureScaling } from "./temperature.ts";

/** The name of a calibrator, its key in records. */
export type CalibratorName = "temperature";

/**
 * All calibrators by name. `evaluateLogits()` fits and evaluates each of them; records,
 * command line and pages show them in this order. To add one, add a file to this
 * folder, and its name and value here.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { CALIBRATORS, logitsOf } from "@ils/label-smoothing/calibration";
 * const { fit, describe } = CALIBRATORS.temperature;
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const { parameters } = fit(logits, Int32Array.of(0, 0, 0, 1));
 * strictEqual(describe(parameters, 2), "T = 3.64");
 * ```
 */
export const CALIBRATORS: Readonly<Record<CalibratorName, Calibrator>> = {
  temperature: temperatureScaling,
};

/** The names of all calibrators in order. */
export const CALIBRATOR_NAMES: readonly CalibratorName[] = Object.keys(
  CALIBRATORS,
) as CalibratorName[];
