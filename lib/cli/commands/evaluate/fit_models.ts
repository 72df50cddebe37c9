import {
  type CalibratorName,
  CALIBRATORS,
} from "../../../calibration/calibrators/calibrators.ts";
import {
  type CalibratorFit,
  fitCalibrator,
} from "../../../calibration/calibrators/fit_calibrator.ts";
import type { Context } from "../../command.ts";
import type { ScoredModel } from "../../inputs/loaded_scores.ts";
import { progressLine } from "../../terminal/progress_line.ts";

/** A model with the calibrators that were fitted to its validation rows. */
export interface FittedModel extends ScoredModel {
  /** In the order in which they were asked for; empty without validation rows. */
  readonly fits: readonly CalibratorFit[];
}

/**
 * Fits calibrators to the validation rows of each model, once for all sets of rows on
 * which they are measured.
 *
 * @param calibrators their names (temperature scaling)
 * @throws {BadInput} for validation rows that a calibrator does not accept
 */
export function fitModels(
  models: readonly ScoredModel[],
  calibrators: readonly CalibratorName[] = ["temperature"],
  context: Context,
): FittedModel[] {
  const progress = progressLine(context);
  const fitted = models.map((model) => {
    const { name, validation } = model;
    const fits = validation === undefined
      ? []
      : calibrators.map((by) =>
        fitCalibrator(by, validation, {
          onProgress: (done, all) =>
            progress(
              `${name}, ${CALIBRATORS[by].title}: fit ${done + 1} of ${all}`,
            ),
        })
      );
    return { ...model, fits };
  });
  progress("");
  return fitted;
}
