import {
  HIGHER_PERCENT,
  LOSS,
  LOWER_PERCENT,
  type Metric,
  type MetricName,
  METRICS,
  type ScoreFormat,
} from "./metrics.ts";

/** The key of a metric that `extendedMetrics()` has in addition to `METRICS`. */
export type ExtraMetricName =
  | "smoothEce"
  | "debiasedEce"
  | "rmsCalibrationError"
  | "overconfidence"
  | "underconfidence"
  | "sphericalScore"
  | "riskAtCoverage80"
  | "riskAtCoverage90"
  | "riskAtCoverage95"
  | "coverageAtRisk1"
  | "coverageAtRisk5"
  | "topKAccuracy"
  | "confidenceAuroc"
  | "logLossRefinement"
  | "logLossCalibration"
  | "brierRefinement"
  | "brierCalibration";

/** The key of a metric of `extendedMetrics()`. */
export type ExtendedMetricName = MetricName | ExtraMetricName;

/** Format and direction of a metric. */
export type MetricFormat = ScoreFormat & Pick<Metric, "better">;

const EXTRA: Readonly<Record<ExtraMetricName, MetricFormat>> = {
  smoothEce: { title: "smooth ECE", ...LOWER_PERCENT },
  debiasedEce: { title: "debiased L2 error", ...LOWER_PERCENT },
  rmsCalibrationError: { title: "RMS calibration error", ...LOWER_PERCENT },
  overconfidence: { title: "overconfidence", ...LOWER_PERCENT },
  underconfidence: { title: "underconfidence", ...LOWER_PERCENT },
  sphericalScore: { title: "spherical score", digits: 4, better: "higher" },
  riskAtCoverage80: { title: "risk at 80 % coverage", ...LOWER_PERCENT },
  riskAtCoverage90: { title: "risk at 90 % coverage", ...LOWER_PERCENT },
  riskAtCoverage95: { title: "risk at 95 % coverage", ...LOWER_PERCENT },
  coverageAtRisk1: { title: "coverage at 1 % risk", ...HIGHER_PERCENT },
  coverageAtRisk5: { title: "coverage at 5 % risk", ...HIGHER_PERCENT },
  topKAccuracy: { title: "top-k accuracy", ...HIGHER_PERCENT },
  confidenceAuroc: { title: "AUROC of confidence", ...HIGHER_PERCENT },
  logLossRefinement: { title: "log loss, refinement", ...LOSS },
  logLossCalibration: { title: "log loss, calibration", ...LOSS },
  brierRefinement: { title: "Brier, refinement", ...LOSS },
  brierCalibration: { title: "Brier, calibration", ...LOSS },
};

/** The keys of `ExtraMetricName` in the order of JSON. */
export const EXTRA_METRIC_NAMES: readonly ExtraMetricName[] = Object.keys(
  EXTRA,
) as ExtraMetricName[];

/**
 * Title, unit, digits and direction of every metric of `extendedMetrics()`.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { EXTENDED_METRICS } from "@ils/label-smoothing/calibration";
 * strictEqual(EXTENDED_METRICS.smoothEce.title, "smooth ECE");
 * strictEqual(EXTENDED_METRICS.coverageAtRisk5.better, "higher");
 * ```
 */
export const EXTENDED_METRICS: Readonly<
  Record<ExtendedMetricName, MetricFormat>
> = { ...METRICS, ...EXTRA };

/** The keys of all metrics in the order of JSON. */
export const EXTENDED_METRIC_NAMES: readonly ExtendedMetricName[] = Object.keys(
  EXTENDED_METRICS,
) as ExtendedMetricName[];

/** Metrics that tables and answers show unless all are asked for. */
export const MAIN_METRICS: readonly ExtendedMetricName[] = [
  ...["accuracy", "logLoss", "brier", "ece"] as const,
  ...["overconfidence", "underconfidence", "smoothEce"] as const,
  ...["classwiseEce", "aurc"] as const,
];

/** All metrics in the order of tables: those of the same kind together. */
export const LISTED_METRICS: readonly ExtendedMetricName[] = [
  ...["accuracy", "topKAccuracy"] as const,
  ...["logLoss", "logLossRefinement", "logLossCalibration"] as const,
  ...["brier", "brierRefinement", "brierCalibration"] as const,
  ...["sphericalScore", "ece", "overconfidence", "underconfidence"] as const,
  ...["smoothEce", "adaptiveEce", "debiasedEce"] as const,
  ...["rmsCalibrationError", "mce", "ace"] as const,
  ...["classwiseEce", "labelConditionalEce"] as const,
  ...["aurc", "augrc", "confidenceAuroc"] as const,
  ...["riskAtCoverage80", "riskAtCoverage90", "riskAtCoverage95"] as const,
  ...["coverageAtRisk1", "coverageAtRisk5"] as const,
];

/** The name of a metric without unit, with the k of a top-k accuracy. */
export function metricTitle(name: ExtendedMetricName, topK: number): string {
  return name === "topKAccuracy"
    ? `top-${topK} accuracy`
    : EXTENDED_METRICS[name].title;
}
