import { softmax } from "../logits/softmax.ts";
import type { Logits } from "../matrix_kinds.ts";
import type { CalibratorFit } from "./calibrators/fit_calibrator.ts";
import { checkLogits } from "./check.ts";
import type { Difference } from "./compare_calibrators.ts";
import type { ExtendedEvaluation } from "./extended_evaluation.ts";
import {
  type ExtendedMetrics,
  extendedMetrics,
  type MetricSettings,
} from "./extended_metrics.ts";
import {
  EXTENDED_METRIC_NAMES,
  type ExtendedMetricName,
} from "./extended_names.ts";
import { bootstrapMetrics } from "./resampling/bootstrap.ts";

/** A model's logits, and calibrators that were fitted to other rows. */
export interface FittedLogits {
  /** `[n, classes]`, finite or -Infinity. */
  readonly logits: Logits;
  /** Fitted calibrators; empty for none. */
  readonly fits: readonly CalibratorFit[];
}

/** Settings of `compareModels()`. */
export interface CompareModelsOptions extends MetricSettings {
  /** Number of bootstrap resamples; 0 for no intervals (1000). */
  readonly resamples?: number;
  /** Seed of the resamples (1). */
  readonly seed?: number;
  /** Called now and then with the number of finished resamples. */
  readonly onProgress?: (finished: number, resamples: number) => void;
}

/** One model before or after calibration. */
export interface ModelVersion {
  /** Index of the model. */
  readonly model: number;
  /** 0 without calibration, and 1 + the index of one of its calibrators. */
  readonly version: number;
}

/** A difference of each metric; without resamples, the ends of its interval are NaN. */
export type MetricDifferences = Readonly<
  Record<ExtendedMetricName, Difference>
>;

/** Models that were measured on the same rows. */
export interface ModelComparison {
  /** The evaluation of each model, in order. */
  readonly models: readonly ExtendedEvaluation[];
  /**
   * Metrics of one version less those of another, with paired intervals.
   *
   * @param level share of the resamples inside the intervals (0.95)
   */
  difference(
    first: ModelVersion,
    second: ModelVersion,
    level?: number,
  ): MetricDifferences;
}

/**
 * All metrics of models on the same rows, before and after calibration. All are measured
 * on the same bootstrap resamples, so that differences have paired intervals. The
 * calibrators are not fitted again to resamples.
 *
 * @param models logits of the same rows and classes, at least one
 * @param labels `[n]`, class indices
 * @param options bins and resamples
 * @throws {BadInput} for NaN or Infinity among the logits, labels out of range or with a
 * logit of -Infinity, or wrong settings
 *
 * @example
 * ```ts
 * import { ok, strictEqual } from "node:assert/strict";
 * import { compareModels, logitsOf } from "@ils/label-smoothing/calibration";
 * const labels = Int32Array.from({ length: 40 }, (_, i) => i % 4 === 0 ? 1 : 0);
 * const sure = { logits: logitsOf(Array(40).fill([4, 0])), fits: [] };
 * const doubtful = { logits: logitsOf(Array(40).fill([1, 0])), fits: [] };
 * const { models, difference } = await compareModels([sure, doubtful], labels, {
 *   bins: 10,
 * });
 * strictEqual(models[1].plain.accuracy, 0.75);
 * const { accuracy, logLoss } = difference(
 *   { model: 1, version: 0 },
 *   { model: 0, version: 0 },
 * );
 * strictEqual(accuracy.value, 0);
 * ok(logLoss.high < 0, "the second model is certainly better");
 * ```
 */
export async function compareModels(
  models: readonly FittedLogits[],
  labels: Int32Array,
  options: CompareModelsOptions,
): Promise<ModelComparison> {
  const { resamples = 1000, ...settings } = options;
  const starts: number[] = [];
  const versions = models.flatMap(({ logits, fits }, m) => {
    checkLogits("Cannot evaluate logits", logits, labels);
    starts.push(m === 0 ? 0 : starts[m - 1] + 1 + models[m - 1].fits.length);
    return [logits, ...fits.map(({ apply }) => apply(logits))]
      .map((logits) => ({ probabilities: softmax(logits), labels, logits }));
  });
  const metrics = versions.map((version) => extendedMetrics(version, settings));
  const intervals = resamples === 0
    ? undefined
    : await bootstrapMetrics(versions, { ...settings, resamples });
  const indexOf = ({ model, version }: ModelVersion) => starts[model] + version;
  return {
    models: models.map(({ fits }, m) => {
      const own = [starts[m], starts[m] + 1 + fits.length] as const;
      return {
        ...evaluationOf(metrics.slice(...own), fits),
        intervals: intervals?.models.slice(...own) ?? [],
      };
    }),
    difference(first, second, level) {
      const [a, b] = [indexOf(first), indexOf(second)];
      const ends = intervals?.difference(a, b, level);
      const entries = EXTENDED_METRIC_NAMES.map((name) => [name, {
        value: metrics[a][name] - metrics[b][name],
        ...ends?.[name] ?? { low: NaN, high: NaN },
      }]);
      return Object.fromEntries(entries);
    },
  };
}

function evaluationOf(
  [plain, ...metrics]: readonly ExtendedMetrics[],
  fits: readonly CalibratorFit[],
) {
  const calibrated = fits.map((
    { apply: _, validationLogLoss: __, ...fit },
    i,
  ) => (
    { ...fit, metrics: metrics[i] }
  ));
  return { plain, calibrated };
}
