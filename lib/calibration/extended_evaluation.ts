import type { Evaluation } from "./evaluation.ts";
import type { ExtendedMetrics } from "./extended_metrics.ts";
import type { MetricIntervals } from "./resampling/bootstrap.ts";

/** All metrics of logits before and after calibration, with intervals. */
export interface ExtendedEvaluation extends Evaluation<ExtendedMetrics> {
  /**
   * 95 % intervals of the uncalibrated metrics, then of each calibrator's; empty without
   * resamples.
   */
  readonly intervals: readonly MetricIntervals[];
}
