import { BadInput } from "../bad_input.ts";
import { softmax } from "../logits/softmax.ts";
import { argMax } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
} from "./calibrators/calibrators.ts";
import {
  type CalibratorFit,
  fitCalibrator,
} from "./calibrators/fit_calibrator.ts";
import { evaluateLogits } from "./evaluate.ts";
import type { LabelledLogits } from "./labelled_logits.ts";
import type { Metrics } from "./metrics.ts";
import {
  type BootstrapIntervals,
  bootstrapMetrics,
} from "./resampling/bootstrap.ts";
import type { Interval } from "./resampling/percentile_interval.ts";

/** Metrics that have differences with intervals. */
const COMPARED = [
  ...["accuracy", "logLoss", "brier", "ece", "classwiseEce", "aurc"] as const,
];
/** Level of the intervals. */
const LEVEL = 0.95;

/** Options of `compareCalibrators()`. */
export interface CompareCalibratorsOptions {
  /** Names of the calibrators (all); temperature scaling is always there. */
  readonly calibrators?: readonly CalibratorName[] | undefined;
  /** Number of bins of calibration errors (10). */
  readonly bins?: number | undefined;
  /** Number of folds in which settings are chosen (5). */
  readonly folds?: number | undefined;
  /** Number of resamples of the test rows (1000). */
  readonly resamples?: number | undefined;
  /** Seed of folds and resamples (1). */
  readonly seed?: number | undefined;
  /**
   * Called before each fit with the calibrator's name, and with "intervals" while the
   * test rows are resampled: what is done, and all of it.
   */
  readonly onProgress?:
    | ((
      what: CalibratorName | "intervals",
      done: number,
      all: number,
    ) => void)
    | undefined;
}

/** A difference between two models, with an interval. */
export interface Difference extends Interval {
  /** On all rows. */
  readonly value: number;
}

/** Differences from temperature scaling on the test rows, with intervals of 95 %. */
export type CalibratorDifferences = Readonly<
  Record<
    "accuracy" | "logLoss" | "brier" | "ece" | "classwiseEce" | "aurc",
    Difference
  >
>;

/** One calibrator, or none, on the test rows. */
export interface TestedLogits {
  /** All metrics of the test rows. */
  readonly metrics: Metrics;
  /** Differences from temperature scaling. */
  readonly differences: CalibratorDifferences;
  /** Share of test rows whose predicted class differs from the uncalibrated one. */
  readonly changed: number;
}

/** One calibrator on the test rows. */
export interface TestedCalibrator extends TestedLogits {
  /** The fit on the validation rows. */
  readonly fit: CalibratorFit;
  /** Test rows whose label gets probability 0, though not without calibration. */
  readonly impossible: number;
  /**
   * Whether it beats temperature scaling: nothing is wrong with the fit, and the log
   * loss is lower by an interval that holds for all compared calibrators at once
   * (Bonferroni).
   */
  readonly beatsTemperature: boolean;
}

/** A calibrator that does not accept the rows. */
export interface SkippedCalibrator {
  /** Its name. */
  readonly by: CalibratorName;
  /** Why. */
  readonly reason: string;
}

/** Calibrators on the same rows. */
export interface CalibratorComparison {
  /** Number of validation rows. */
  readonly validationRows: number;
  /** Without calibration. */
  readonly uncalibrated: TestedLogits;
  /** Temperature scaling first, then in the order of `CALIBRATORS`. */
  readonly calibrated: readonly TestedCalibrator[];
  /** Calibrators that do not accept the rows. */
  readonly skipped: readonly SkippedCalibrator[];
}

/**
 * Fits calibrators to validation rows and measures them on test rows, with paired
 * bootstrap intervals of the differences from temperature scaling. The test rows choose
 * nothing.
 *
 * @param test rows to measure
 * @param validation rows for the fits, with the same classes
 * @param options calibrators, bins, folds, resamples and seed
 * @throws {BadInput} for rows that temperature scaling does not accept, or different
 * numbers of classes
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { compareCalibrators, logitsOf } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]]);
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const rows = { logits, labels };
 * const { uncalibrated, calibrated } = await compareCalibrators(rows, rows, {
 *   calibrators: ["vector"],
 * });
 * const [temperature, vector] = calibrated;
 * ok(temperature.metrics.logLoss < uncalibrated.metrics.logLoss);
 * ok(!vector.beatsTemperature, "six rows show nothing");
 * ```
 */
export async function compareCalibrators(
  test: LabelledLogits,
  validation: LabelledLogits,
  options: CompareCalibratorsOptions = {},
): Promise<CalibratorComparison> {
  const { bins = 10, seed = 1, resamples = 1000, onProgress } = options;
  checkClasses(test.logits, validation.logits);
  const { fits, skipped } = fitAll(validation, options);
  const models = [
    test.logits,
    ...fits.map(({ apply }) => apply(test.logits)),
  ].map((logits) => ({
    logits,
    labels: test.labels,
    probabilities: softmax(logits),
  }));
  const metrics = models.map(({ logits, labels }) =>
    evaluateLogits(logits, labels, { bins }).plain
  );
  const intervals = await bootstrapMetrics(models, {
    bins,
    resamples,
    seed,
    metrics: COMPARED,
    level: LEVEL,
    onProgress: (done, all) => onProgress?.("intervals", done, all),
  });
  const tested = models.map(({ logits }, m): TestedLogits => ({
    metrics: metrics[m],
    differences: differencesOf(metrics, intervals, m),
    changed: changedShare(test.logits, logits),
  }));
  const level = 1 - (1 - LEVEL) / Math.max(1, fits.length - 1);
  const [uncalibrated, ...calibrated] = tested;
  return {
    validationRows: validation.labels.length,
    uncalibrated,
    calibrated: calibrated.map((one, f) => {
      const { logLoss } = intervals.difference(f + 1, REFERENCE, level);
      return {
        ...one,
        fit: fits[f],
        impossible: impossibleLabels(test, models[f + 1].logits),
        beatsTemperature: fits[f].problems === undefined && logLoss.high < 0,
      };
    }),
    skipped,
  };
}

function checkClasses(test: Logits, validation: Logits): void {
  if (test.columns === validation.columns) return;
  throw new BadInput(
    `Cannot calibrate logits as the validation logits must have ` +
      `${test.columns} classes: they have ${validation.columns}`,
  );
}

function fitAll(
  validation: LabelledLogits,
  { calibrators, folds, seed, onProgress }: CompareCalibratorsOptions,
) {
  const names = CALIBRATOR_NAMES.filter((name) =>
    name === "temperature" || (calibrators ?? CALIBRATOR_NAMES).includes(name)
  );
  const fits: CalibratorFit[] = [];
  const skipped: SkippedCalibrator[] = [];
  for (const by of names) {
    try {
      fits.push(fitCalibrator(by, validation, {
        folds,
        seed,
        crossValidate: true,
        onProgress: (done, all) => onProgress?.(by, done, all),
      }));
    } catch (error) {
      if (!(error instanceof BadInput) || by === "temperature") throw error;
      skipped.push({ by, reason: error.message });
    }
  }
  return { fits, skipped };
}

/** Position of temperature scaling among the models, after the uncalibrated logits. */
const REFERENCE = 1;

function differencesOf(
  metrics: readonly Metrics[],
  intervals: BootstrapIntervals<typeof COMPARED[number]>,
  m: number,
): CalibratorDifferences {
  const ends = intervals.difference(m, REFERENCE);
  const entries = COMPARED.map((name) => [name, {
    value: metrics[m][name] - metrics[REFERENCE][name],
    ...ends[name],
  }]);
  return Object.fromEntries(entries);
}

function changedShare(before: Logits, after: Logits): number {
  let changed = 0;
  for (let i = 0; i < before.rows; i++) {
    if (argMax(before, i) !== argMax(after, i)) changed++;
  }
  return changed / before.rows;
}

function impossibleLabels(
  { logits, labels }: LabelledLogits,
  calibrated: Logits,
): number {
  const { columns } = logits;
  const before = softmax(logits).data;
  const after = softmax(calibrated).data;
  let count = 0;
  labels.forEach((label, i) => {
    const at = i * columns + label;
    if (after[at] < 1e-300 && before[at] >= 1e-300) count++;
  });
  return count;
}
