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
  const kept = test.bins === bins && test.scaled !== undefined;
  const { temperature, temperatureAtBound: _, scaled, ...plain } = kept
    ? test
    : await evaluateRun(run, bins);
  return [
    { seed, scaled: false, temperature: 1, ...plain },
    { seed, scaled: true, temperature: temperature!, ...scaled! },
  ];
}
