import { scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { evaluateRun } from "./evaluate.ts";
import type { StoredRun } from "./store.ts";

/** A run's scores on the test set, plain or scaled. */
export interface RunScores extends Metrics {
  readonly seed: number;
  /**
   * Whether the logits were divided by the temperature fitted on validation.
   */
  readonly scaled: boolean;
  /** That temperature; 1 for plain scores. */
  readonly temperature: number;
}

/**
 * Returns a run's scores, plain and scaled. They come from its record if that
 * has the same number of bins; else they are computed from its logits.
 *
 * @param bins an integer of at least 1
 */
export async function runScores(
  run: StoredRun,
  bins: number,
): Promise<readonly [plain: RunScores, scaled: RunScores]> {
  const { spec: { seed }, test } = run.record;
  const evaluation = test.plain.bins === bins
    ? test
    : await evaluateRun(run, bins);
  const { temperature, metrics } = scaledMetrics(evaluation)!;
  return [
    { seed, scaled: false, temperature: 1, ...evaluation.plain },
    { seed, scaled: true, temperature, ...metrics },
  ];
}
