import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { extendedMetrics } from "../../../lib/calibration/extended_metrics.ts";
import {
  EXTENDED_METRIC_NAMES,
  type ExtendedMetricName,
} from "../../../lib/calibration/extended_names.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import calibration from "../../fixtures/calibration_reference.json" with {
  type: "json",
};
import record from "../../fixtures/metrics_reference.json" with {
  type: "json",
};
import { METRICS_REFERENCE } from "../metrics_reference.ts";
import { REFERENCE } from "../reference.ts";
import { type Deviation, largest, libraries } from "./deviation.ts";

/** Libraries of each metric, the one whose number is stored first, and its function. */
const SOURCES: Readonly<
  Record<ExtendedMetricName, readonly [readonly string[], string]>
> = {
  accuracy: [["scikit-learn"], "accuracy_score"],
  logLoss: [["scikit-learn", "torch"], "log_loss; cross_entropy of logits"],
  brier: [["scikit-learn"], "brier_score_loss, not halved"],
  ece: [["netcal"], "ECE"],
  mce: [["netcal"], "MCE"],
  ace: [["netcal"], "ACE"],
  classwiseEce: [["netcal"], "ECE of each class, averaged"],
  adaptiveEce: [["numpy", "scikit-learn"], "array_split; quantiles"],
  labelConditionalEce: [["netcal"], "ECE of each label's rows, averaged"],
  aurc: [["torch-uncertainty"], "AURC"],
  augrc: [["torch-uncertainty"], "AUGRC"],
  smoothEce: [["relplot"], "smECE"],
  debiasedEce: [["uncertainty-calibration"], "lower_bound_scaling_ce, l2"],
  rmsCalibrationError: [
    ["uncertainty-calibration", "torch-uncertainty"],
    "lower_bound_scaling_ce; CalibrationError, l2",
  ],
  overconfidence: [["scikit-learn"], "calibration_curve"],
  underconfidence: [["scikit-learn"], "calibration_curve"],
  sphericalScore: [["scikit-learn"], "normalize"],
  riskAtCoverage80: [["torch-uncertainty"], "RiskAtxCov"],
  riskAtCoverage90: [["torch-uncertainty"], "RiskAtxCov"],
  riskAtCoverage95: [["torch-uncertainty"], "RiskAtxCov"],
  coverageAtRisk1: [["torch-uncertainty"], "error rates of AURC"],
  coverageAtRisk5: [["torch-uncertainty"], "error rates of AURC"],
  topKAccuracy: [["scikit-learn"], "top_k_accuracy_score"],
  confidenceAuroc: [["scikit-learn"], "roc_auc_score"],
  logLossRefinement: [["probmetrics"], "refinement_logloss_ts-mix_all"],
  logLossCalibration: [["probmetrics"], "calib-err_logloss_ts-mix_all"],
  brierRefinement: [["probmetrics"], "refinement_brier_ts-mix_all"],
  brierCalibration: [["probmetrics"], "calib-err_brier_ts-mix_all"],
};

/** The deviation of every metric of `extendedMetrics()`. */
export function metricDeviations(): Deviation[] {
  const versions = { ...calibration.versions, ...record.versions };
  const pairs = metricPairs();
  return EXTENDED_METRIC_NAMES.map((name) => {
    const [names, compared] = SOURCES[name];
    return {
      name,
      library: libraries(versions, names),
      compared,
      largest: largest(pairs.get(name) ?? [[NaN, NaN]]),
    };
  });
}

/** Our value and theirs of each metric, for all rows and numbers of bins. */
function metricPairs(): Map<string, [number, number][]> {
  const pairs = new Map<string, [number, number][]>();
  const add = (name: string, ours: number, theirs: number) =>
    pairs.set(name, [...pairs.get(name) ?? [], [ours, theirs]]);
  for (const { logits, labels, metrics } of REFERENCE) {
    for (const { bins, n: _, classes: __, ...values } of metrics) {
      const { plain } = evaluateLogits(logits, labels, { bins });
      for (const [name, value] of Object.entries(values)) {
        add(name, plain[name as keyof typeof values], value);
      }
    }
  }
  for (const { logits, labels, binned, unbinned, topK } of METRICS_REFERENCE) {
    const predictions = { probabilities: softmax(logits), labels, logits };
    for (const { bins, ...others } of binned) {
      const ours = extendedMetrics(predictions, { bins });
      for (const [name, value] of Object.entries({ ...unbinned, ...others })) {
        add(name, ours[name as ExtendedMetricName], value);
      }
    }
    topK.forEach((value, i) => {
      const { topKAccuracy } = extendedMetrics(predictions, {
        ...{ bins: 10, topK: i + 1 },
      });
      add("topKAccuracy", topKAccuracy, value);
    });
  }
  return pairs;
}
