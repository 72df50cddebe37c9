import { scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { evaluateRun } from "./evaluate.ts";
import type { StoredRun } from "./store.ts";

/** A run on the test set, as it is or scaled. */
export interface RunScores extends Metrics {
  readonly seed: number;
  /** With its logits divided by the temperature fitted on validation. */
  readonly scaled: boolean;
  /** 1 where the logits are taken as they are. */
  readonly temperature: number;
}

/**
 * A run's scores, as it is and scaled. Its record is enough where that has as
 * many bins; else they are measured anew from its logits.
 *
 * @param bins whole, at least 1
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
