import type { MetricValues } from "./metric_flags.ts";

/** Number of resamples if the flag is left out, and the largest size for it. */
const RESAMPLES = 1000;
const MOST_SCORES = 1_000_000;

/** The number of resamples for test sets with this many scores at most. */
export function resamplesFor(
  { resamples }: Pick<MetricValues, "resamples">,
  scores: number,
): number {
  return resamples ?? (scores > MOST_SCORES ? 0 : RESAMPLES);
}
