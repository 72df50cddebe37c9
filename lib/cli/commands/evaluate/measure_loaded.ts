import { BadInput } from "../../../bad_input.ts";
import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import type { Context } from "../../command.ts";
import type { MetricValues } from "../../flags/metric_flags.ts";
import { resamplesFor } from "../../flags/resamples_for.ts";
import type { LoadedScores } from "../../inputs/loaded_scores.ts";
import { fitModels, type FittedModel } from "./fit_models.ts";
import {
  type MeasuredRows,
  measureModels,
  mostScores,
} from "./measure_models.ts";

/** Flags that say what is measured. */
export interface MeasureValues
  extends Pick<MetricValues, "eceBins" | "topK" | "resamples" | "seed"> {
  readonly calibrator: readonly CalibratorName[] | undefined;
}

/** Models, measured on all of their rows. */
export interface MeasuredModels {
  readonly fitted: readonly FittedModel[];
  readonly measured: readonly MeasuredRows[];
  /** Number of resamples, 0 for none. */
  readonly resamples: number;
  /** Whether there are none because of the number of scores. */
  readonly tooLarge: boolean;
}

/**
 * Throws if calibrators are asked for without rows to fit them to.
 *
 * @throws {BadInput} naming the flags
 */
export function checkCalibrator(
  { calibrator }: Pick<MeasureValues, "calibrator">,
  { models }: LoadedScores,
): void {
  if (calibrator === undefined || models[0].validation !== undefined) return;
  throw new BadInput("--calibrator needs --val-logits and --val-labels");
}

/** Fits calibrators to models and measures the models before and after them. */
export async function measureLoaded(
  { models, labels }: LoadedScores,
  values: MeasureValues,
  context: Context,
): Promise<MeasuredModels> {
  const { eceBins: bins, topK, seed, calibrator } = values;
  const resamples = resamplesFor(values, mostScores(models, labels));
  const fitted = fitModels(models, calibrator, context);
  const options = { bins, topK, resamples, seed };
  const measured = await measureModels(fitted, labels, options, context);
  const tooLarge = values.resamples === undefined && resamples === 0;
  return { fitted, measured, resamples, tooLarge };
}
