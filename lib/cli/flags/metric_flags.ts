import { optional, toggle, type Values, whole, withDefault } from "./flags.ts";

/** What is measured, and how. */
export const metricFlags = {
  eceBins: withDefault(10, whole(1, "number of bins of calibration errors")),
  topK: withDefault(5, whole(1, "the k of top-k accuracy", "K")),
  allMetrics: toggle("print all metrics, not only the main ones"),
  resamples: optional(
    whole(
      0,
      "bootstrap resamples for 95 % intervals, 0 for none (default: 1000, or none " +
        "if a test set has more than 1,000,000 scores)",
    ),
  ),
  seed: withDefault(1, whole(0, "seed of resamples and conformal sets")),
  conformal: toggle(
    "also measure conformal sets: THR, APS and RAPS for 80, 90 and 95 % coverage, " +
      "with thresholds from the validation rows",
  ),
};

/** Values of `metricFlags`. */
export type MetricValues = Values<typeof metricFlags>;
