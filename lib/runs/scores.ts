import type { CalibratorName } from "../calibration/calibrators/calibrators.ts";
import type { FitProblem } from "../calibration/calibrators/calibrator.ts";
import { type Evaluation, fitProblems } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { evaluateRun } from "./evaluate.ts";
import type { StoredRun } from "./store.ts";

/** A run's scores on the test set, plain or after a calibrator. */
export interface RunScores extends Metrics {
  readonly seed: number;
  /** Whether the logits were calibrated; the calibrator is fitted on validation. */
  readonly scaled: boolean;
  /** The fitted temperature; 1 for plain scores and for other calibrators. */
  readonly temperature: number;
  /** Why the calibrator's fit should not be trusted. */
  readonly problems: readonly FitProblem[];
}

/**
 * Returns a run's scores, plain and after a calibrator. They come from its record if
 * that has the same number of bins and the calibrator; else they are computed from its
 * logits.
 *
 * @param bins an integer of at least 1
 */
export async function runScores(
  run: StoredRun,
  bins: number,
  calibrator: CalibratorName = "temperature",
): Promise<readonly [plain: RunScores, scaled: RunScores]> {
  const { spec: { seed }, test } = run.record;
  const isRecorded = test.plain.bins === bins &&
    calibrator === "temperature";
  const evaluation: Evaluation = isRecorded
    ? test
    : await evaluateRun(run, bins, [calibrator]);
  const fit = evaluation.calibrated.find(({ by }) => by === calibrator)!;
  const { parameters, metrics } = fit;
  const problems = fitProblems(fit);
  const temperature = calibrator === "temperature"
    ? Number(parameters.temperature)
    : 1;
  return [
    { seed, scaled: false, temperature: 1, problems: [], ...evaluation.plain },
    { seed, scaled: true, temperature, problems, ...metrics },
  ];
}
