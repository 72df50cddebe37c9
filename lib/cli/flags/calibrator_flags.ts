import { CALIBRATOR_NAMES } from "../../calibration/calibrators/calibrators.ts";
import { choice, optional, several } from "./flags.ts";

/** The name of a calibrator. */
export const calibratorKind = (help: string) =>
  choice(CALIBRATOR_NAMES, { placeholder: "NAME", help });

/** Names of calibrators, separated by commas. */
export const calibratorsKind = (help: string) => several(calibratorKind(help));

/** Calibrators of commands that measure models before and after them. */
export const calibratorFlag = optional(
  calibratorsKind(
    "calibrators to fit to the validation rows (default: temperature)",
  ),
);
