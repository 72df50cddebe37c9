import type { MetricDifferences } from "../../calibration/compare_models.ts";
import type { ExtendedMetrics } from "../../calibration/extended_metrics.ts";
import {
  EXTENDED_METRIC_NAMES,
  type ExtendedMetricName,
} from "../../calibration/extended_names.ts";
import type { MetricIntervals } from "../../calibration/resampling/bootstrap.ts";

/**
 * The value of each metric, and the ends of its interval as `<name>Low` and
 * `<name>High`. Null stands for no value, such as that of an interval without resamples.
 */
export type FlatMetrics = Readonly<
  Record<
    ExtendedMetricName | `${ExtendedMetricName}${"Low" | "High"}`,
    number | null
  >
>;

/** Metrics with their intervals, without NaN or infinity, which JSON lacks. */
export function flatMetrics(
  metrics: ExtendedMetrics,
  intervals: MetricIntervals | undefined,
): FlatMetrics {
  return flat((name) => ({ value: metrics[name], ...intervals?.[name] }));
}

/** Differences with their intervals, likewise. */
export function flatDifferences(differences: MetricDifferences): FlatMetrics {
  return flat((name) => differences[name]);
}

function flat(
  of: (
    name: ExtendedMetricName,
  ) => {
    readonly value: number;
    readonly low?: number;
    readonly high?: number;
  },
): FlatMetrics {
  const entries = EXTENDED_METRIC_NAMES.flatMap((name) => {
    const { value, low, high } = of(name);
    return [
      [name, orNull(value)],
      [`${name}Low`, orNull(low)],
      [`${name}High`, orNull(high)],
    ];
  });
  return Object.fromEntries(entries);
}

/** A number that JSON has, or null. */
export function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
