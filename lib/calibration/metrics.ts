import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { adaptiveEce } from "./adaptive_error.ts";
import { ace, ece, mce } from "./calibration_error.ts";
import { classwiseEce, labelConditionalEce } from "./classwise_error.ts";
import { accuracy, brier, logitsLogLoss, logLoss } from "./scores.ts";

/** Predictions of a classifier and the true classes of the same rows. */
export interface Predictions {
  /** `[n, classes]`, rows that sum to 1. */
  readonly probabilities: Probabilities;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  /** `[n, classes]`, where the probabilities are the softmax of logits. */
  readonly logits?: Logits;
}

/** How a number is named and printed, and whether less or more is better. */
export interface ScoreFormat {
  /** "class-wise ECE", without its unit. */
  readonly title: string;
  /** Of the printed number, which is `factor` times the stored one. */
  readonly unit?: "%";
  /** 1 unless given. */
  readonly factor?: number;
  /** Decimal places in tables. */
  readonly digits: number;
  /** Which end of its range is the good one, where one is. */
  readonly better?: "lower" | "higher";
}

/** A metric of predicted probabilities. */
export interface Metric extends ScoreFormat {
  /**
   * Computes it.
   *
   * @param bins of binned errors; other metrics ignore it
   */
  compute(predictions: Predictions, bins: number): number;
  /** Which end of its range is the good one. */
  readonly better: "lower" | "higher";
  /** Position among the columns of tables, from 1. */
  readonly column: number;
}

const HIGHER_PERCENT = {
  unit: "%",
  factor: 100,
  digits: 2,
  better: "higher",
} as const;
const LOWER_PERCENT = { ...HIGHER_PERCENT, better: "lower" } as const;
const LOSS = { digits: 4, better: "lower" } as const;

/** The key of a metric in records, JSON and flags. */
export type MetricName =
  | "accuracy"
  | "logLoss"
  | "brier"
  | "ece"
  | "mce"
  | "ace"
  | "classwiseEce"
  | "adaptiveEce"
  | "labelConditionalEce";

/**
 * Every metric by its key. Records, command line, tables, pages and figures
 * take keys, order and formats from here. To add a metric, add its function to
 * a file beside this one, and its key and entry here.
 */
export const METRICS: Readonly<Record<MetricName, Metric>> = {
  accuracy: {
    title: "accuracy",
    ...HIGHER_PERCENT,
    column: 1,
    compute: unbinned(accuracy),
  },
  logLoss: {
    title: "log loss",
    ...LOSS,
    column: 2,
    // From logits it is finite where a probability rounds to 0.
    compute: ({ probabilities, labels, logits }) =>
      logits === undefined
        ? logLoss(probabilities, labels)
        : logitsLogLoss(logits, labels),
  },
  brier: {
    title: "Brier score",
    ...LOSS,
    column: 3,
    compute: unbinned(brier),
  },
  ece: { title: "ECE", ...LOWER_PERCENT, column: 4, compute: binned(ece) },
  mce: { title: "MCE", ...LOWER_PERCENT, column: 7, compute: binned(mce) },
  ace: { title: "ACE", ...LOWER_PERCENT, column: 8, compute: binned(ace) },
  classwiseEce: {
    title: "class-wise ECE",
    ...LOWER_PERCENT,
    column: 6,
    compute: binned(classwiseEce),
  },
  adaptiveEce: {
    title: "adaptive ECE",
    ...LOWER_PERCENT,
    column: 5,
    compute: binned(adaptiveEce),
  },
  labelConditionalEce: {
    title: "label-conditional ECE",
    ...LOWER_PERCENT,
    column: 9,
    compute: binned(labelConditionalEce),
  },
};

/** All metrics in the order of the keys of records and JSON. */
export const METRIC_NAMES: readonly MetricName[] = Object.keys(
  METRICS,
) as MetricName[];

/** All metrics in the order of the columns of tables. */
export const METRIC_COLUMNS: readonly MetricName[] = METRIC_NAMES
  .toSorted((a, b) => METRICS[a].column - METRICS[b].column);

/** The values of all metrics, and what they were computed from. */
export type Metrics = Readonly<Record<MetricName, number>> & {
  /** Rows. */
  readonly n: number;
  /** Columns. */
  readonly classes: number;
  /** Bins of every binned calibration error here. */
  readonly bins: number;
};

/** A score as the heading of a column: "class-wise ECE, %". */
export function scoreHeading({ title, unit }: ScoreFormat): string {
  return unit === undefined ? title : `${title}, ${unit}`;
}

function unbinned(
  measure: (probabilities: Probabilities, labels: Int32Array) => number,
): Metric["compute"] {
  return ({ probabilities, labels }) => measure(probabilities, labels);
}

function binned(
  measure: (
    probabilities: Probabilities,
    labels: Int32Array,
    bins: number,
  ) => number,
): Metric["compute"] {
  return ({ probabilities, labels }, bins) =>
    measure(probabilities, labels, bins);
}
