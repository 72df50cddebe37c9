import { BadInput } from "../../../bad_input.ts";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
} from "../../../calibration/calibrators/calibrators.ts";
import {
  type CalibratorFit,
  fitCalibrator,
} from "../../../calibration/calibrators/fit_calibrator.ts";
import { compareCalibrators } from "../../../calibration/compare_calibrators.ts";
import type { LabelledLogits } from "../../../calibration/labelled_logits.ts";
import type { Answer, Context } from "../../command.ts";
import { checkNotInput } from "../../flags/output_flags.ts";
import { type SavedMap, writeMap } from "../../inputs/calibration_map.ts";
import { loadScores } from "../../inputs/load_scores.ts";
import type { LoadedScores } from "../../inputs/loaded_scores.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import type { CalibrateValues } from "./calibrate_flags.ts";
import { comparisonJson, comparisonText } from "./comparison_answer.ts";
import { fitJson, fitText } from "./fit_answer.ts";
import { fitProgress } from "./fit_progress.ts";
import { slowFits } from "./slow_fits.ts";
import { writeExport } from "./write_export.ts";

/** The rows of one model. */
interface Rows {
  readonly validation: LabelledLogits;
  /** Undefined if only a fit is wanted. */
  readonly test: LabelledLogits | undefined;
  readonly name: string;
  readonly loaded: LoadedScores;
}

/**
 * Fits calibrators to validation rows; compares them if there are test rows, and saves
 * the map of a single one.
 *
 * @throws {BadInput} if rows are unusable, or flags do not go together
 */
export async function fitAndCompare(
  values: CalibrateValues,
  context: Context,
): Promise<Answer> {
  const names = namesOf(values);
  const { out, export: source } = values;
  if (names.length > 1 && (out ?? source) !== undefined) {
    throw new BadInput(
      `${out === undefined ? "--export" : "--out"} takes the map of one ` +
        `calibrator: name it with --calibrator`,
    );
  }
  const rows = await loadRows(values);
  for (const [flag, file] of [["--out", out], ["--export", source]] as const) {
    if (file !== undefined) checkNotInput(flag, file, rows.loaded.files);
  }
  const { validation } = rows;
  const slow = slowFits({
    by: names,
    validation: validation.logits,
    folds: values.folds,
    test: rows.test?.logits,
    resamples: values.resamples,
  });
  if (slow !== undefined) context.log(slow);
  const { fit, json, text } = rows.test === undefined
    ? fitOnly(names, rows, { values, context })
    : await compared(names, rows.test, { rows, values, context });
  const map = savedMap(fit, rows);
  if (out !== undefined) await writeMap(out, map);
  if (source !== undefined) await writeExport(source, map);
  const { remarks } = rows.loaded;
  return {
    json: { ...json, out: out ?? null, export: source ?? null, remarks },
    text: [
      text,
      out === undefined ? "" : `${out}: fitted map\n`,
      source === undefined ? "" : `${source}: function calibrate()\n`,
      remarkLines(remarks),
    ].join(""),
  };
}

function namesOf(
  { all, calibrator }: CalibrateValues,
): readonly CalibratorName[] {
  if (!all) return calibrator ?? ["temperature"];
  if (calibrator === undefined) return CALIBRATOR_NAMES;
  throw new BadInput("--all and --calibrator exclude each other");
}

async function loadRows(values: CalibrateValues): Promise<Rows> {
  const { run, logits, labels, valLogits, valLabels } = values;
  const inRuns = run !== undefined;
  if (!inRuns && (valLogits === undefined || valLabels === undefined)) {
    throw new BadInput(
      "--run RUN, or both --val-logits VL and --val-labels VY, must be given: " +
        "calibrators are fitted to validation rows",
    );
  }
  const noTest = !inRuns && logits === undefined && labels === undefined;
  const loaded = await loadScores({
    ...values,
    also: undefined,
    ...noTest
      ? {
        logits: valLogits,
        labels: valLabels,
        valLogits: undefined,
        valLabels: undefined,
      }
      : {},
  }, { rows: noTest ? "validation" : "test" });
  if (loaded.models.length > 1) {
    throw new BadInput("ils calibrate takes one model");
  }
  const [model] = loaded.models;
  const given = { logits: model.logits, labels: loaded.labels };
  return {
    validation: noTest ? given : model.validation!,
    test: noTest ? undefined : given,
    name: model.name,
    loaded,
  };
}

function fitOnly(
  names: readonly CalibratorName[],
  { validation }: Rows,
  { values, context }: {
    readonly values: CalibrateValues;
    readonly context: Context;
  },
) {
  if (names.length > 1) {
    throw new BadInput(
      "--logits and --labels must be given to compare calibrators on test rows",
    );
  }
  const [by] = names;
  const { folds, seed } = values;
  const progress = fitProgress(context);
  const fit = fitCalibrator(by, validation, {
    folds,
    seed,
    crossValidate: true,
    onProgress: (done, all) => progress.report(by, done, all),
  });
  progress.end();
  return {
    fit,
    json: fitJson(fit, validation.labels.length),
    text: fitText(fit, validation),
  };
}

async function compared(
  names: readonly CalibratorName[],
  test: LabelledLogits,
  { rows: { validation }, values, context }: {
    readonly rows: Rows;
    readonly values: CalibrateValues;
    readonly context: Context;
  },
) {
  const { folds, seed, resamples, eceBins: bins } = values;
  const progress = fitProgress(context);
  const comparison = await compareCalibrators(test, validation, {
    calibrators: names,
    bins,
    folds,
    seed,
    resamples,
    onProgress: progress.report,
  });
  progress.end();
  const asked = comparison.calibrated.find(({ fit }) => fit.by === names[0]);
  if (asked === undefined) throw new BadInput(comparison.skipped[0].reason);
  return {
    fit: asked.fit,
    json: comparisonJson(comparison, { folds, seed, resamples }),
    text: comparisonText(comparison),
  };
}

function savedMap(
  fit: CalibratorFit,
  { validation, name, loaded: { classNames } }: Rows,
): SavedMap {
  const { by, parameters, settings, validationLogLoss, problems = [] } = fit;
  return {
    by,
    classes: validation.logits.columns,
    ...(classNames === undefined ? {} : { classNames }),
    parameters,
    fit: {
      source: name,
      rows: validation.labels.length,
      ...(settings === undefined ? {} : { settings }),
      validationLogLoss,
      problems,
    },
  };
}
