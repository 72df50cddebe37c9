import type { CalibratorFit } from "../../calibration/calibrators/fit_calibrator.ts";
import {
  type CalibratorName,
  CALIBRATORS,
} from "../../calibration/calibrators/calibrators.ts";
import type { Difference } from "../../calibration/compare_calibrators.ts";
import type {
  ModelComparison,
  ModelVersion,
} from "../../calibration/compare_models.ts";
import type { ModelDiagram } from "../../calibration/model_diagrams.ts";
import type { EmbeddedScores } from "../interactive/embedded_scores.ts";
import { conclusion } from "./conclusion.ts";
import { flatDifferences, flatMetrics, orNull } from "./flat_metrics.ts";
import type { ReportImages } from "./report_images.ts";
import type {
  ReportData,
  ReportDiagrams,
  ReportDifference,
  ReportFit,
  ReportModel,
  ReportVersion,
} from "./report_data.ts";

/** A model whose calibrators were fitted. */
export interface ReportedModel {
  readonly name: string;
  readonly fits: readonly CalibratorFit[];
  /** Number of rows to which they were fitted. */
  readonly validationRows: number | undefined;
}

/** Models that were measured on one set of rows. */
export interface ReportedRows {
  /** Name of the rows; undefined for the test rows. */
  readonly name: string | undefined;
  readonly comparison: ModelComparison;
  /** Diagrams by model and version. */
  readonly diagrams: readonly (readonly ModelDiagram[])[];
  /** Scores by model. */
  readonly scores: readonly EmbeddedScores[];
  /** Images of the rows, if they were given. */
  readonly images?: ReportImages;
}

/** What a report says about all models and rows. */
export interface ReportSettings {
  readonly resamples: number;
  readonly seed: number;
  /** Index of the reference model (0). */
  readonly reference?: number;
  readonly remarks: readonly string[];
}

const LEVEL = 0.95;

/** Decimals of fitted parameters. */
const DIGITS = 2;

/**
 * The data of a report.
 *
 * @param models at least one; all with the same calibrators
 * @param rows the test rows, then others
 */
export function buildReportData(
  models: readonly ReportedModel[],
  rows: readonly ReportedRows[],
  { resamples, seed, reference = 0, remarks }: ReportSettings,
): ReportData {
  const [{ comparison: { models: [{ plain }] } }] = rows;
  const { classes, bins, topK } = plain;
  const names = models[0].fits.map(({ by }) => by);
  const main = names.includes("temperature") ? "temperature" : names[0];
  return {
    schema: 1,
    classes,
    bins,
    topK,
    resamples,
    seed,
    level: LEVEL,
    reference: models.length === 1 ? null : models[reference].name,
    mainCalibrator: main ?? null,
    sets: rows.map((set) => ({
      name: set.name ?? null,
      n: set.comparison.models[0].plain.n,
      models: models.map((model, m) =>
        modelOf(model, m, { set, reference, main })
      ),
      ...set.images === undefined ? {} : { images: set.images },
    })),
    remarks,
  };
}

/** What the versions of a model are compared with. */
interface Place {
  readonly set: ReportedRows;
  readonly reference: number;
  readonly main: CalibratorName | undefined;
}

function modelOf(
  { name, fits, validationRows }: ReportedModel,
  model: number,
  place: Place,
): ReportModel {
  const versions = [undefined, ...fits].map((fit, version) =>
    versionOf(fit, { model, version }, { ...place, fits })
  );
  return {
    name,
    conclusion: conclusion(versions, place.main ?? null),
    validationRows: fits.length === 0 ? null : validationRows ?? null,
    versions,
    scores: place.set.scores[model],
  };
}

function versionOf(
  fit: CalibratorFit | undefined,
  at: ModelVersion,
  { set, reference, main, fits }:
    & Place
    & { readonly fits: readonly CalibratorFit[] },
): ReportVersion {
  const { model, version } = at;
  const { comparison, diagrams } = set;
  const { plain, calibrated, intervals } = comparison.models[model];
  const metrics = [plain, ...calibrated.map(({ metrics }) => metrics)];
  const from = (other: Partial<ModelVersion>) =>
    flatDifferences(comparison.difference(at, { ...at, ...other }));
  const { confidenceGap, chanceEce, bins, curve } = diagrams[model][version];
  return {
    by: fit?.by ?? null,
    title: fit === undefined ? "uncalibrated" : CALIBRATORS[fit.by].title,
    fit: fit === undefined ? null : fitOf(fit),
    metrics: flatMetrics(metrics[version], intervals[version]),
    changes: version === 0 ? null : from({ version: 0 }),
    fromReference: model === reference ? null : from({ model: reference }),
    eceFromMain: fit === undefined || fit.by === main
      ? null
      : eceFromMain(at, comparison, { fits, main }),
    confidenceGap: differenceOf(confidenceGap),
    chanceEce: orNull(chanceEce),
    diagrams: { bins: binsOf(bins), riskCoverage: curve },
  };
}

function eceFromMain(
  at: ModelVersion,
  { difference }: ModelComparison,
  { fits, main }: {
    readonly fits: readonly CalibratorFit[];
    readonly main: CalibratorName | undefined;
  },
): ReportDifference {
  const version = 1 + fits.findIndex(({ by }) => by === main);
  const level = 1 - (1 - LEVEL) / (fits.length - 1);
  return differenceOf(difference(at, { ...at, version }, level).ece);
}

function differenceOf({ value, low, high }: Difference): ReportDifference {
  return { value, low: orNull(low), high: orNull(high) };
}

function fitOf({ by, parameters, problems = [] }: CalibratorFit): ReportFit {
  return {
    summary: CALIBRATORS[by].describe(parameters, DIGITS),
    parameters,
    problems: problems.map(({ reason }) => reason),
  };
}

function binsOf(bins: ModelDiagram["bins"]): ReportDiagrams["bins"] {
  return bins.filter(({ count }) => count > 0)
    .map(({ accuracyLow, accuracyHigh, ...bin }) => ({
      ...bin,
      accuracyLow: orNull(accuracyLow),
      accuracyHigh: orNull(accuracyHigh),
    }));
}
