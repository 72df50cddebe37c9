import type { Logits, Probabilities } from "../matrix_kinds.ts";
import { adaptiveEce } from "./adaptive_error.ts";
import { ace, ece, mce } from "./calibration_error.ts";
import { classwiseEce, labelConditionalEce } from "./classwise_error.ts";
import { augrc, aurc } from "./risk_coverage.ts";
import { accuracy, brier, logitsLogLoss, logLoss } from "./scores.ts";

/** Predictions of a classifier and the true classes of the same rows. */
export interface Predictions {
  /** `[n, classes]`, rows that sum to 1. */
  readonly probabilities: Probabilities;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  /** `[n, classes]`, if the probabilities are the softmax of logits. */
  readonly logits?: Logits;
}

/** Name and format of a score, and which direction is better. */
export interface ScoreFormat {
  /** Name without unit, such as "class-wise ECE". */
  readonly title: string;
  /** Unit of the printed number, which is `factor` times the stored one (none). */
  readonly unit?: "%";
  /** Factor from the stored number to the printed one (1). */
  readonly factor?: number;
  /** Number of decimals in tables. */
  readonly digits: number;
  /** Which direction is better; absent if neither is. */
  readonly better?: "lower" | "higher";
}

/** A metric of predicted probabilities. */
export interface Metric extends ScoreFormat {
  /**
   * Computes the metric.
   *
   * @param bins number of bins; metrics without bins ignore it
   */
  compute(predictions: Predictions, bins: number): number;
  /** Which direction is better. */
  readonly better: "lower" | "higher";
  /** Position in tables, from 1. */
  readonly column: number;
}

/** Format of a share of which more is better. */
export const HIGHER_PERCENT = {
  unit: "%",
  factor: 100,
  digits: 2,
  better: "higher",
} as const;
/** Format of an error or risk. */
export const LOWER_PERCENT = { ...HIGHER_PERCENT, better: "lower" } as const;
/** Format of a loss. */
export const LOSS = { digits: 4, better: "lower" } as const;

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
  | "labelConditionalEce"
  | "aurc"
  | "augrc";

/**
 * All metrics by key. Records, command line, tables, pages and figures take keys, order
 * and formats from here. To add a metric, add its function to a file in this folder,
 * and its key and entry here.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { METRICS, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const { title, unit, factor = 1, digits, compute } = METRICS.ece;
 * const probabilities = probabilitiesOf([[0.75, 0.25]]);
 * const value = compute({ probabilities, labels: Int32Array.of(0) }, 10);
 * const text = `${title} ${(factor * value).toFixed(digits)} ${unit}`;
 * strictEqual(text, "ECE 25.00 %");
 * ```
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
    // From logits it is finite even if a probability rounds to 0.
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
  aurc: {
    title: "AURC",
    ...LOWER_PERCENT,
    column: 10,
    compute: unbinned(aurc),
  },
  augrc: {
    title: "AUGRC",
    ...LOWER_PERCENT,
    column: 11,
    compute: unbinned(augrc),
  },
};

/** The keys of all metrics in the order of records and JSON. */
export const METRIC_NAMES: readonly MetricName[] = Object.keys(
  METRICS,
) as MetricName[];

/** The keys of all metrics in the order of table columns. */
export const METRIC_COLUMNS: readonly MetricName[] = METRIC_NAMES
  .toSorted((a, b) => METRICS[a].column - METRICS[b].column);

/** The values of all metrics, with the numbers of rows, classes and bins. */
export type Metrics = Readonly<Record<MetricName, number>> & {
  /** Number of rows. */
  readonly n: number;
  /** Number of classes. */
  readonly classes: number;
  /** Number of bins of all binned calibration errors. */
  readonly bins: number;
};

/** The heading of a score's column, such as "class-wise ECE, %". */
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
