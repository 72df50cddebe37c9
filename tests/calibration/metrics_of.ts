import {
  METRIC_NAMES,
  type MetricName,
  type Metrics,
} from "../../lib/calibration/metrics.ts";

/** Metrics of 10 rows in 10 bins: these values, and 0.1 for every other. */
export function metricsOf(values: Partial<Metrics>): Metrics {
  const others = METRIC_NAMES.map((name) => [name, 0.1] as const);
  return {
    n: 10,
    classes: 2,
    bins: 10,
    ...Object.fromEntries(others) as Record<MetricName, number>,
    ...values,
  };
}
