import type { CalibratedSets } from "../../calibration/conformal/evaluate_conformal.ts";

/**
 * Returns conformal sets as `--json` prints them: a flat list in which `by` names the
 * calibrator, null for uncalibrated probabilities. An infinite threshold is null.
 */
export function conformalJson(sets: readonly CalibratedSets[]) {
  return sets.flatMap(({ by = null, results }) =>
    results.map(({ method, randomised = false, ...result }) => (
      { by, method, randomised, ...result }
    ))
  );
}
