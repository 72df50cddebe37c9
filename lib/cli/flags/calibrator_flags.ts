import { CALIBRATOR_NAMES } from "../../calibration/calibrators/calibrators.ts";
import { choice, several } from "./flags.ts";

/** The name of a calibrator. */
export const calibratorKind = (help: string) =>
  choice(CALIBRATOR_NAMES, { placeholder: "NAME", help });

/** Names of calibrators, separated by commas. */
export const calibratorsKind = (help: string) => several(calibratorKind(help));
