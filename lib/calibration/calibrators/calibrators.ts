import type { Calibrator } from "./calibrator.ts";
import { temperatureScaling } from "./temperature.ts";

/** The key of a calibrator in records. */
export type CalibratorName = "temperature";

/**
 * Every calibrator by its name. `evaluateLogits()` fits and measures each of
 * them; records, command line and pages show them in this order. To add one,
 * write its file beside this one, and add its name and value here.
 */
export const CALIBRATORS: Readonly<Record<CalibratorName, Calibrator>> = {
  temperature: temperatureScaling,
};

/** All calibrators in order. */
export const CALIBRATOR_NAMES: readonly CalibratorName[] = Object.keys(
  CALIBRATORS,
) as CalibratorName[];
