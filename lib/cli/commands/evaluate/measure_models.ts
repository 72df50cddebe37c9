import {
  compareModels,
  type ModelComparison,
} from "../../../calibration/compare_models.ts";
import {
  type CalibratedSets,
  evaluateConformal,
} from "../../../calibration/conformal/evaluate_conformal.ts";
import type { Logits } from "../../../matrix_kinds.ts";
import type { Context } from "../../command.ts";
import type { ScoredModel } from "../../inputs/loaded_scores.ts";
import { progressLine } from "../../terminal/progress_line.ts";
import type { FittedModel } from "./fit_models.ts";

/** What is measured. */
export interface MeasureOptions {
  readonly bins: number;
  readonly topK: number;
  readonly resamples: number;
  readonly seed: number;
}

/** The test rows or another set of rows, with the logits of each model. */
export interface ModelRows {
  /** Name of the rows; undefined for the test rows. */
  readonly name: string | undefined;
  /** `[n, classes]` of each model. */
  readonly logits: readonly Logits[];
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
}

/** All models measured on one set of rows. */
export interface MeasuredRows extends ModelRows {
  readonly comparison: ModelComparison;
}

/** The sets of rows of models: the test rows, then the others. */
function rowSets(
  models: readonly ScoredModel[],
  labels: Int32Array,
): ModelRows[] {
  const test = { name: undefined, logits: models.map((m) => m.logits), labels };
  const others = models[0].also.map(({ name, labels }, s) => (
    { name, logits: models.map(({ also }) => also[s].logits), labels }
  ));
  return [test, ...others];
}

/** The number of scores of the largest set of rows. */
export function mostScores(
  models: readonly ScoredModel[],
  labels: Int32Array,
): number {
  const sizes = rowSets(models, labels)
    .map(({ logits: [{ rows, columns }] }) => rows * columns);
  return Math.max(...sizes);
}

/**
 * Measures models on all sets of rows, with the progress of resamples on standard
 * error.
 *
 * @returns the test rows, then the others
 */
export async function measureModels(
  models: readonly FittedModel[],
  labels: Int32Array,
  options: MeasureOptions,
  context: Context,
): Promise<MeasuredRows[]> {
  const progress = progressLine(context);
  const measured: MeasuredRows[] = [];
  for (const rows of rowSets(models, labels)) {
    const versions = models.map(({ fits }, m) => (
      { logits: rows.logits[m], fits }
    ));
    const comparison = await compareModels(versions, rows.labels, {
      ...options,
      onProgress: (finished, all) =>
        progress(`${rows.name ?? "test"}: resample ${finished} of ${all}`),
    });
    measured.push({ ...rows, comparison });
  }
  progress("");
  return measured;
}

/** Conformal sets of each model for one set of rows. */
export function conformalSetsOf(
  models: readonly FittedModel[],
  { logits, labels }: ModelRows,
  options: { readonly seed: number },
): CalibratedSets[][] {
  return models.map(({ validation, fits }, m) =>
    evaluateConformal(validation!, { logits: logits[m], labels }, fits, options)
  );
}
