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
export { profileNamed } from "./profiles.ts";
export {
  isDistilled,
  networkRecords,
  SCALED_CE,
  studyRecords,
  studyStudents,
  studyTeachers,
  trainingSeconds,
  trainPlans,
  withScaledRival,
} from "./study.ts";
export { tunePlans, tuneProfile } from "./tuning.ts";
export { studyRejection } from "./rejection.ts";
