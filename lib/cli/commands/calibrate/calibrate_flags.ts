import { calibratorsKind } from "../../flags/calibrator_flags.ts";
import {
  optional,
  path,
  toggle,
  type Values,
  whole,
  withDefault,
} from "../../flags/flags.ts";
import { outputFile } from "../../flags/output_flags.ts";
import { scoreFlags } from "../../inputs/score_flags.ts";

const { also: _, ...rowFlags } = scoreFlags;

/** Flags of `ils calibrate`. */
export const calibrateFlags = {
  ...rowFlags,
  calibrator: optional(
    calibratorsKind("fit this calibrator (default: temperature), or several"),
  ),
  all: toggle("fit and compare all calibrators"),
  folds: withDefault(
    5,
    whole(2, "number of folds of the validation rows, to choose settings"),
  ),
  resamples: withDefault(
    1000,
    whole(100, "number of resamples of the test rows, for intervals"),
  ),
  seed: withDefault(1, whole(0, "seed of folds and resamples")),
  eceBins: withDefault(10, whole(1, "number of bins of calibration errors")),
  out: optional(
    outputFile("F", "write the fitted map to M.json; with --apply, P.npy"),
  ),
  export: optional(
    outputFile("F", "write the map as a function to F.ts or F.js"),
  ),
  apply: optional(path("M.json", "apply a saved map to --logits")),
};

/** Values of `calibrateFlags`. */
export type CalibrateValues = Values<typeof calibrateFlags>;
