import type { ExtendedEvaluation } from "../../calibration/extended_evaluation.ts";
import type { ExtendedMetrics } from "../../calibration/extended_metrics.ts";
import {
  EXTENDED_METRICS,
  type ExtendedMetricName,
  LISTED_METRICS,
  MAIN_METRICS,
  metricTitle,
} from "../../calibration/extended_names.ts";
import type { MetricIntervals } from "../../calibration/resampling/bootstrap.ts";
import type { Interval } from "../../calibration/resampling/percentile_interval.ts";
import { evaluationText, numeral } from "./metric_lines.ts";

/** Why there are no intervals of many scores. */
export const NO_INTERVALS =
  "No intervals of so many scores by default: --resamples N computes them";

/**
 * Returns metrics with their intervals as text.
 *
 * @param options `all`: all metrics in place of the main ones; `resamples` of the
 * intervals; `tooLarge`: whether there are none because of the number of scores
 */
export function extendedLines(
  evaluation: ExtendedEvaluation,
  { all, resamples, tooLarge }: {
    readonly all: boolean;
    readonly resamples: number;
    readonly tooLarge: boolean;
  },
): string {
  const { plain, calibrated, intervals } = evaluation;
  const columns = [plain, ...calibrated.map(({ metrics }) => metrics)];
  const names = all ? LISTED_METRICS : MAIN_METRICS;
  const lines = names.map((name) => ({
    title: metricTitle(name, plain.topK),
    cells: columns.map((metrics, i) =>
      numeral(metrics[name]) + intervalText(intervals[i]?.[name])
    ),
  }));
  const notes = [
    ...tooLarge ? [NO_INTERVALS] : [],
    ...intervals.length === 0
      ? []
      : [`[95 % intervals from ${resamples} resamples of the rows]`],
    ...noiseNotes(names, columns, intervals),
    ...all ? [] : [
      `${
        LISTED_METRICS.length - MAIN_METRICS.length
      } more metrics with --all-metrics`,
    ],
  ];
  return evaluationText(evaluation, lines) +
    notes.map((note) => `${note}\n`).join("");
}

/** A note on the metrics whose values lie below their intervals. */
function noiseNotes(
  names: readonly ExtendedMetricName[],
  columns: readonly ExtendedMetrics[],
  intervals: readonly MetricIntervals[],
): string[] {
  const below = names.filter((name) =>
    intervals.some((all, i) => columns[i][name] < all[name].low)
  );
  if (below.length === 0) return [];
  const titles = below.map((name) => EXTENDED_METRICS[name].title).join(", ");
  return [
    `Below the interval: ${titles}. Noise raises calibration errors, in resamples ` +
    "more than in the rows: such an error is mostly noise",
  ];
}

function intervalText(interval: Interval | undefined): string {
  if (interval === undefined) return "";
  return ` [${numeral(interval.low)}, ${numeral(interval.high)}]`;
}
