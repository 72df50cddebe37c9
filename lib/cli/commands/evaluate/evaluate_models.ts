import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import type { CalibratedSets } from "../../../calibration/conformal/evaluate_conformal.ts";
import type { ExtendedEvaluation } from "../../../calibration/evaluate_extended.ts";
import type { LabelledLogits } from "../../../calibration/labelled_logits.ts";
import type { Context } from "../../command.ts";
import type { ScoredModel } from "../../inputs/loaded_scores.ts";
import { progressLine } from "../../terminal/progress_line.ts";

/** What is measured. */
export interface MeasureOptions {
  readonly bins: number;
  readonly topK: number;
  readonly resamples: number;
  readonly seed: number;
  readonly conformal: boolean;
  /** Calibrators to fit (temperature scaling). */
  readonly calibrators: readonly CalibratorName[] | undefined;
}

/** One model measured on one set of rows. */
export interface Evaluated {
  /** Name of the rows; undefined for the test rows. */
  readonly rows: string | undefined;
  readonly evaluation: ExtendedEvaluation;
  /** Conformal sets before and after calibration, if they are asked for. */
  readonly sets: readonly CalibratedSets[] | undefined;
}

/** The sets of rows of a model: the test rows, then the others. */
function rowSets(
  { logits, also }: ScoredModel,
  labels: Int32Array,
): (LabelledLogits & { readonly name: string | undefined })[] {
  return [{ name: undefined, logits, labels }, ...also];
}

/** The number of scores of the largest set of rows. */
export function mostScores(
  models: readonly ScoredModel[],
  labels: Int32Array,
): number {
  const sizes = models.flatMap((model) =>
    rowSets(model, labels).map(({ logits }) => logits.rows * logits.columns)
  );
  return Math.max(...sizes);
}

/**
 * Measures models on all of their rows, with the progress of resamples on standard
 * error.
 *
 * @returns for each model its evaluations: on the test rows, then on the others
 */
export async function evaluateModels(
  models: readonly ScoredModel[],
  labels: Int32Array,
  { conformal, ...options }: MeasureOptions,
  context: Context,
): Promise<Evaluated[][]> {
  const { evaluateExtended } = await import(
    "../../../calibration/evaluate_extended.ts"
  );
  const progress = progressLine(context);
  const evaluated: Evaluated[][] = [];
  for (const model of models) {
    const { validation } = model;
    const ofModel: Evaluated[] = [];
    for (const { name, logits, labels: own } of rowSets(model, labels)) {
      const title = [model.name, ...name === undefined ? [] : [name]];
      const evaluation = await evaluateExtended(logits, own, {
        ...options,
        validation,
        onProgress: (finished, all) =>
          progress(`${title.join(", ")}: resample ${finished} of ${all}`),
      });
      const sets = conformal
        ? await conformalSetsOf(model, { logits, labels: own }, evaluation, {
          seed: options.seed,
        })
        : undefined;
      ofModel.push({ rows: name, evaluation, sets });
    }
    evaluated.push(ofModel);
  }
  progress("");
  return evaluated;
}

async function conformalSetsOf(
  { validation }: ScoredModel,
  test: LabelledLogits,
  { calibrated }: ExtendedEvaluation,
  options: { seed: number },
): Promise<CalibratedSets[]> {
  const { evaluateConformal } = await import(
    "../../../calibration/conformal/evaluate_conformal.ts"
  );
  return evaluateConformal(validation!, test, calibrated, options);
}
