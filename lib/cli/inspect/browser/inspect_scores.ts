import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import { evaluateAnswer } from "../../commands/evaluate/evaluate_answer.ts";
import {
  fitModels,
  type FittedModel,
} from "../../commands/evaluate/fit_models.ts";
import { checkCalibrator } from "../../commands/evaluate/measure_loaded.ts";
import {
  measureModels,
  mostScores,
} from "../../commands/evaluate/measure_models.ts";
import {
  type ImagesOfRows,
  imagesOfRows,
} from "../../commands/evaluate/images_of_rows.ts";
import { reportDataOf } from "../../commands/evaluate/report_data_of.ts";
import type { Context } from "../../command.ts";
import { resamplesFor } from "../../flags/resamples_for.ts";
import type { LoadedScores } from "../../inputs/loaded_scores.ts";
import { loadScoreFiles } from "../../inputs/score_files.ts";
import type { ScoreValues } from "../../inputs/score_flags.ts";
import type { Inspected } from "./inspected.ts";

/** The values of the flags of `ils evaluate` that a reader has chosen. */
export interface InspectValues extends ScoreValues {
  readonly eceBins: number;
  readonly topK: number;
  readonly seed: number;
  /** Undefined for 1000, or none of many scores. */
  readonly resamples: number | undefined;
  /** Undefined without validation rows. */
  readonly calibrator: readonly CalibratorName[] | undefined;
  /** File of images of the test rows. */
  readonly images: string | undefined;
}

/** Models with their scores and fitted calibrators. */
export interface FittedScores extends LoadedScores {
  readonly images: ImagesOfRows["images"];
  readonly fitted: readonly FittedModel[];
}

/** Reads scores as `ils evaluate` does, and fits calibrators. */
export async function fitScores(
  values: InspectValues,
  context: Context,
): Promise<FittedScores> {
  const loaded = await loadScoreFiles(values);
  checkCalibrator(values, loaded);
  const fitted = fitModels(loaded.models, values.calibrator, context);
  const { images, remarks } = await imagesOfRows(
    { images: values.images, report: "report.html" },
    loaded,
  );
  return {
    ...loaded,
    ...{ fitted, images },
    remarks: [...loaded.remarks, ...remarks],
  };
}

/**
 * The numbers of `ils evaluate` with these values and the data of its report: at once
 * without intervals, and then with them, if there are any.
 */
export async function* inspectScores(
  { fitted, models, labels, images, remarks }: FittedScores,
  values: InspectValues,
  context: Context,
): AsyncGenerator<Inspected> {
  const { eceBins: bins, topK, seed } = values;
  const asked = resamplesFor(values, mostScores(models, labels));
  const tooLarge = values.resamples === undefined && asked === 0;
  for (const resamples of asked === 0 ? [0] : [0, asked]) {
    const options = { bins, topK, resamples, seed };
    const measured = await measureModels(fitted, labels, options, context);
    const about = { bins, resamples, seed, images, remarks };
    const answer = evaluateAnswer(models, measured, {
      ...{ resamples, tooLarge, seed, remarks },
      ...{ all: true, report: undefined, sets: undefined },
    });
    yield {
      data: await reportDataOf(fitted, measured, about, context),
      numbers: answer.json,
      isFinal: resamples === asked,
    };
  }
}
