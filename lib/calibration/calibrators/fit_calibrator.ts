import { BadInput, checkWhole } from "../../bad_input.ts";
import { takeRows } from "../../matrix.ts";
import { stream } from "../../random.ts";
import { checkLogits } from "../check.ts";
import type { LabelledLogits } from "../labelled_logits.ts";
import { logitsLogLoss } from "../scores.ts";
import type {
  CalibratorSettings,
  FitProblem,
  FittedCalibrator,
} from "./calibrator.ts";
import { type CalibratorName, CALIBRATORS } from "./calibrators.ts";
import { checkFinite } from "./parts/check_finite.ts";
import { foundProblems } from "./parts/problems.ts";

/**
 * With more scores than this, one fold is held out and not each in turn: its log loss is
 * precise enough to choose settings, and a fit takes minutes.
 */
const MANY_SCORES = 2_000_000;

/** Options of `fitCalibrator()`. */
export interface FitCalibratorOptions {
  /** Settings of the fit (chosen by cross-validation if there are several). */
  readonly settings?: CalibratorSettings | undefined;
  /** Number of folds of the cross-validation, at least 2 (5). */
  readonly folds?: number | undefined;
  /** Seed of the folds (1). */
  readonly seed?: number | undefined;
  /**
   * Whether to measure the log loss in held-out folds even if there is nothing to
   * choose (false).
   */
  readonly crossValidate?: boolean | undefined;
  /** Called before each fold and the fit, with the number that are done and of all. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/** A fitted calibrator, how it was fitted, and its log loss. */
export interface CalibratorFit extends FittedCalibrator {
  /** Name of the calibrator. */
  readonly by: CalibratorName;
  /** The chosen settings; absent if there was nothing to choose. */
  readonly settings?: CalibratorSettings;
  /** Log loss of the rows of the fit, in nats. */
  readonly validationLogLoss: {
    /** Without calibration. */
    readonly uncalibrated: number;
    /** With it. */
    readonly calibrated: number;
    /**
     * With it, each row by a fit without its fold; of one fold, if there are more than
     * 2,000,000 scores; absent if not measured.
     */
    readonly heldOut?: number;
  };
}

/**
 * Fits a calibrator to validation rows. Settings that are not given are chosen by their
 * log loss in held-out folds of these rows, stratified by label; the first of equals
 * wins. With more than 2,000,000 scores only one of the folds is held out. A log loss that is higher than without calibration is a problem of the fit.
 *
 * @param by name of the calibrator
 * @param validation rows that the model was not trained on
 * @param options settings, folds and seed
 * @throws {BadInput} for rows that the calibrator does not accept, or fewer rows than
 * folds
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { fitCalibrator, logitsOf } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]]);
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const { validationLogLoss } = fitCalibrator("vector", { logits, labels });
 * ok(validationLogLoss.calibrated < validationLogLoss.uncalibrated);
 * ```
 */
export function fitCalibrator(
  by: CalibratorName,
  validation: LabelledLogits,
  options: FitCalibratorOptions = {},
): CalibratorFit {
  const { logits, labels } = validation;
  const calibrator = CALIBRATORS[by];
  const doing = `Cannot fit ${calibrator.title}`;
  checkLogits(doing, logits, labels);
  // Here, because folds have other numbers of rows.
  if (calibrator.mixesClasses) checkFinite(doing, logits);
  const { settings, heldOut } = chosenSettings(by, validation, options);
  const { problems = [], ...fit } = calibrator.fit(logits, labels, settings);
  const uncalibrated = logitsLogLoss(logits, labels);
  const calibrated = logitsLogLoss(fit.apply(logits), labels);
  const all = [...problems, ...raised({ uncalibrated, calibrated, heldOut })];
  return {
    by,
    ...fit,
    ...(settings === undefined ? {} : { settings }),
    ...foundProblems(all),
    validationLogLoss: {
      uncalibrated,
      calibrated,
      ...(heldOut === undefined ? {} : { heldOut }),
    },
  };
}

interface Choice {
  readonly settings: CalibratorSettings | undefined;
  readonly heldOut: number | undefined;
}

function chosenSettings(
  by: CalibratorName,
  validation: LabelledLogits,
  options: FitCalibratorOptions,
): Choice {
  const { folds = 5, seed = 1, crossValidate = false, onProgress } = options;
  const choices = options.settings === undefined
    ? CALIBRATORS[by].choices ?? [undefined]
    : [options.settings];
  if (choices.length === 1 && !crossValidate) {
    return { settings: choices[0], heldOut: undefined };
  }
  const foldOf = foldsOf(validation.labels, { folds, seed });
  const held = heldOutFolds(validation.logits.data.length, folds);
  const losses = heldOutLosses(by, validation, {
    choices,
    foldOf,
    held,
    onFold: (fold) => onProgress?.(fold, held + 1),
  });
  onProgress?.(held, held + 1);
  const least = losses.reduce((a, b) => Math.min(a, b));
  return { settings: choices[losses.indexOf(least)], heldOut: least };
}

/**
 * The number of folds that are held out.
 *
 * @param scores rows times classes
 * @param folds number of all folds
 */
export function heldOutFolds(scores: number, folds: number): number {
  return scores > MANY_SCORES ? 1 : folds;
}

/**
 * For each of the settings, the log loss of the rows of the first folds, each by a fit
 * without its fold.
 *
 * @param held number of these folds
 */
function heldOutLosses(
  by: CalibratorName,
  { logits, labels }: LabelledLogits,
  { choices, foldOf, held, onFold }: {
    choices: readonly (CalibratorSettings | undefined)[];
    foldOf: Int32Array;
    held: number;
    onFold: (fold: number) => void;
  },
): number[] {
  const losses = choices.map(() => 0);
  const all = foldOf.filter((fold) => fold < held).length;
  for (let fold = 0; fold < held; fold++) {
    onFold(fold);
    const rows = (ofFold: boolean): LabelledLogits => {
      const taken = Int32Array.from(foldOf.keys())
        .filter((i) => (foldOf[i] === fold) === ofFold);
      return {
        logits: takeRows(logits, taken),
        labels: taken.map((i) => labels[i]),
      };
    };
    const { logits: heldLogits, labels: heldLabels } = rows(true);
    fitEach(by, rows(false), choices).forEach(({ apply }, i) => {
      const loss = logitsLogLoss(apply(heldLogits), heldLabels);
      losses[i] += loss * heldLabels.length / all;
    });
  }
  return losses;
}

function fitEach(
  by: CalibratorName,
  { logits, labels }: LabelledLogits,
  choices: readonly (CalibratorSettings | undefined)[],
): Pick<FittedCalibrator, "apply">[] {
  const calibrator = CALIBRATORS[by];
  const named = choices.filter((choice) => choice !== undefined);
  // A single fit is as precise as the one that is used.
  if (named.length > 1 && calibrator.fitEach !== undefined) {
    return calibrator.fitEach(logits, labels, named);
  }
  return choices.map((settings) => calibrator.fit(logits, labels, settings));
}

/** The fold of each row: the rows of each label are dealt to the folds in random order. */
function foldsOf(
  labels: Int32Array,
  { folds, seed }: { folds: number; seed: number },
): Int32Array {
  checkWhole("folds", folds, 2);
  if (labels.length < folds) {
    throw new BadInput(
      `Cannot choose settings in ${folds} folds of ${labels.length} ` +
        `validation rows`,
    );
  }
  const order = stream(seed, "calibrator folds").permutation(labels.length)
    .sort((a, b) => labels[a] - labels[b]);
  const foldOf = new Int32Array(labels.length);
  order.forEach((row, place) => foldOf[row] = place % folds);
  return foldOf;
}

/** Problems of a log loss that is higher than without calibration. */
function raised(
  { uncalibrated, calibrated, heldOut }: {
    uncalibrated: number;
    calibrated: number;
    heldOut: number | undefined;
  },
): FitProblem[] {
  const problem = (where: string, loss: number): FitProblem => ({
    kind: "raised",
    reason: `the log loss of ${where} is ${loss.toFixed(4)}, higher than ` +
      `${uncalibrated.toFixed(4)} without calibration`,
  });
  // Not for the rounding error of a fit that changes nothing.
  const most = uncalibrated * (1 + 1e-9);
  if (calibrated > most) return [problem("the validation rows", calibrated)];
  if (heldOut !== undefined && heldOut > most) {
    return [problem("held-out folds of the validation rows", heldOut)];
  }
  return [];
}
