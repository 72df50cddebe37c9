import { argMax } from "../../matrix.ts";
import type { Probabilities } from "../../matrix_kinds.ts";
import { extendedMetrics } from "../extended_metrics.ts";
import { EXTENDED_METRIC_NAMES, EXTENDED_METRICS } from "../extended_names.ts";
import type { Predictions } from "../metrics.ts";
import { meanConfidence } from "../scores.ts";
import { topKAccuracy } from "../top_k_accuracy.ts";
import type { Candidate } from "./convention.ts";
import { logLossCandidates } from "./log_loss_candidates.ts";

/** The k of top-k accuracies that are tried. */
const TOP = [2, 3, 5, 10];

/** Metrics that the other candidates have in many variants, or that need a k. */
const ELSEWHERE = [
  ...["logLoss", "brier", "ece", "mce", "ace", "classwiseEce"] as const,
  ...["adaptiveEce", "labelConditionalEce", "debiasedEce"] as const,
  ...["rmsCalibrationError", "overconfidence", "underconfidence"] as const,
  "topKAccuracy" as const,
] as readonly string[];

/** Scores without bins: accuracies, log losses, Brier scores, and other metrics. */
export function scoreCandidates(predictions: Predictions): Candidate[] {
  const { probabilities, labels } = predictions;
  const metrics = extendedMetrics(predictions, { bins: 1 });
  const { accuracy } = metrics;
  const confidence = meanConfidence(probabilities);
  return [
    score(1 - accuracy, "error rate", { metric: "error" }),
    ...EXTENDED_METRIC_NAMES.filter((name) => !ELSEWHERE.includes(name))
      .map((name) =>
        score(metrics[name], EXTENDED_METRICS[name].title, {
          metric: name,
          departures: name === "accuracy" ? 0 : 1,
        })
      ),
    ...TOP.filter((k) => k < probabilities.columns).flatMap((k) => {
      const right = topKAccuracy(probabilities, labels, k);
      return [
        score(right, `top-${k} accuracy`, { metric: `top${k}Accuracy` }),
        score(1 - right, `top-${k} error rate`, { metric: `top${k}Error` }),
      ];
    }),
    score(confidence, "mean confidence", {
      ...{ metric: "meanConfidence", departures: 1 },
    }),
    score(confidence - accuracy, "mean confidence less accuracy", {
      ...{ metric: "confidenceLessAccuracy", departures: 1 },
    }),
    score(accuracy - confidence, "accuracy less mean confidence", {
      ...{ metric: "accuracyLessConfidence", departures: 2 },
    }),
    ...logLossCandidates(predictions),
    ...brierCandidates(probabilities, labels),
  ];
}

function score(
  value: number,
  text: string,
  { metric, departures = 0 }: { metric: string; departures?: number },
): Candidate {
  return { value, text, settings: { metric }, departures };
}

/** Mean squares of differences from the outcome, and their roots. */
function brierCandidates(
  probabilities: Probabilities,
  labels: Int32Array,
): Candidate[] {
  const { data, rows, columns } = probabilities;
  let [all, ofLabel, ofTop] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    const top = argMax(probabilities, i);
    for (let k = 0; k < columns; k++) {
      const square = (data[start + k] - (k === labels[i] ? 1 : 0)) ** 2;
      all += square;
      if (k === labels[i]) ofLabel += square;
      if (k === top) ofTop += square;
    }
  }
  const variants = [
    ["sum", "sum over classes", all, 0],
    ["mean", "mean over classes", all / columns, 1],
    ["half", "half the sum over classes", all / 2, 1],
    ["label", "of the label's probability only", ofLabel, 2],
    ["topLabel", "of the predicted class only", ofTop, 1],
  ] as const;
  return variants.flatMap(([classes, text, total, departures]) => [
    {
      value: total / rows,
      text: `Brier score, ${text}`,
      settings: { metric: "brier", classes },
      departures,
    },
    {
      value: Math.sqrt(total / rows),
      text: `root of the Brier score, ${text}`,
      settings: { metric: "rootBrier", classes },
      departures: departures + 2,
    },
  ]);
}
