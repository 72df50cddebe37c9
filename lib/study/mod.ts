/**
 * The study on images: profiles, runs (trained if missing) and their records,
 * for notebooks.
 *
 * @module
 */
export {
  type ScaledMetrics,
  scaledMetrics,
} from "../calibration/evaluation.ts";
export { openModel, openRunData } from "../runs/data.ts";
export { ensureRuns, type EnsureRunsOptions } from "../runs/ensure_runs.ts";
export { penultimateFeatures } from "../runs/features.ts";
export { loadDatasetOnce } from "../runs/load_dataset.ts";
export {
  readRunHistory,
  readRunIndices,
  readRunLabels,
  readRunLogits,
} from "../runs/store.ts";
export { compareDirections } from "./compare_directions.ts";
export { comparePublished } from "./compare_records.ts";
export { plansOf, studentSpec, teacherSpec } from "./profile_runs.ts";
export { profileNamed, PROFILES } from "./profiles.ts";
export { REGIME_STUDIES } from "./regime_studies.ts";
export { adviceOf } from "./regimes/advice.ts";
export { plainRow, regimeCells, temperatureScaled } from "./regimes/cell.ts";
export { chosenNumbers } from "./regimes/chosen.ts";
export {
  GAIN_RIVALS,
  GAIN_SCORES,
  regimeGains,
  summariseGains,
} from "./regimes/gains.ts";
export { spreadOfRule, testRule } from "./regimes/rule.ts";
export { SCALED_CE, withScaledRival } from "./scaled_rival.ts";
export {
  isDistilled,
  networkRecords,
  studyRecords,
  studyStudents,
  studyTeachers,
  trainingSeconds,
  trainPlans,
} from "./study.ts";
export { tunePlans, tuneProfile } from "./tuning.ts";
export { studyRejection } from "./rejection.ts";
