import { checkWhole } from "../bad_input.ts";
import { checkBins, checkLogits, checkProbabilities } from "./check.ts";
import { EXTRA_METRIC_NAMES, type ExtraMetricName } from "./extended_names.ts";
import { computeMetrics } from "./evaluate.ts";
import type { Metrics, Predictions } from "./metrics.ts";
import { binScores } from "./resampling/bin_scores.ts";
import { massScores } from "./resampling/mass_scores.ts";
import {
  type PreparedRows,
  prepareRows,
  sortedWeights,
} from "./resampling/prepared_rows.ts";
import { refinementScores } from "./resampling/refinement_scores.ts";
import { rowScores } from "./resampling/row_scores.ts";
import { selectiveScores } from "./resampling/selective_scores.ts";
import { scoresOfRows } from "./resampling/sum_scores.ts";
import { smoothError } from "./smooth/smooth_ece.ts";

/** Settings of metrics. */
export interface MetricSettings {
  /** Number of bins of binned calibration errors, in [1, 1000000]. */
  readonly bins: number;
  /** The k of top-k accuracy, at least 1 (5). */
  readonly topK?: number;
}

/** The values of all metrics, and what they were computed from. */
export type ExtendedMetrics =
  & Metrics
  & Readonly<Record<ExtraMetricName, number>>
  & {
    /** The k of `topKAccuracy`. */
    readonly topK: number;
  };

const TOP_K = 5;

/**
 * All metrics of predictions: those of `evaluate()`, and smooth, debiased, root mean
 * square and signed calibration errors, the spherical score, refinement and calibration
 * parts of log loss and Brier score, and the rejection of uncertain rows.
 *
 * `confidenceAuroc` is NaN if all predictions are right or all wrong; every other metric
 * has a value, which is infinite for a log loss of a label with probability 0.
 *
 * @param predictions probabilities or logits of rows, and their labels
 * @param settings number of bins, and k of the top-k accuracy
 * @throws {BadInput} for rows that are not distributions, labels out of range, logits
 * that `evaluateLogits()` refuses, or a wrong number of bins or k
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { extendedMetrics, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.625, 0.375]]);
 * const labels = Int32Array.of(1, 0);
 * const metrics = extendedMetrics({ probabilities, labels }, { bins: 10 });
 * strictEqual(metrics.ece, 0.5625);
 * strictEqual(metrics.overconfidence, 0.375);
 * strictEqual(metrics.underconfidence, 0.1875);
 * strictEqual(metrics.confidenceAuroc, 0);
 * ```
 */
export function extendedMetrics(
  predictions: Predictions,
  settings: MetricSettings,
): ExtendedMetrics {
  const rows = checkedRows(predictions, settings);
  const once = sortedWeights(new Int32Array(rows.order.length).fill(1), rows);
  const found: Record<ExtraMetricName, number> = {
    ...scoresOfRows(rowScores(rows))(once.byRow),
    ...scoresOfRows(refinementScores(rows))(once.byRow),
    ...scoresOfRows(binScores(rows))(once.byRow),
    ...massScores(rows)(once),
    ...selectiveScores(rows)(once),
    smoothEce: smoothError(rows.confidence, rows.correct).error,
  };
  const extra = EXTRA_METRIC_NAMES.map((name) => [name, found[name]]);
  return {
    ...computeMetrics(predictions, rows.bins),
    ...Object.fromEntries(extra) as Record<ExtraMetricName, number>,
    topK: rows.topK,
  };
}

/** Checks predictions and settings, and sorts the rows by confidence. */
export function checkedRows(
  predictions: Predictions,
  { bins, topK = TOP_K }: MetricSettings,
): PreparedRows {
  const { probabilities, labels, logits } = predictions;
  checkBins(bins);
  checkWhole("Cannot compute a top-k accuracy as k", topK, 1);
  checkProbabilities(probabilities, labels);
  if (logits !== undefined) {
    checkLogits("Cannot evaluate logits", logits, labels);
  }
  return prepareRows(predictions, { bins, topK });
}
