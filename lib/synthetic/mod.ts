/**
 * The synthetic study, whose true probabilities are known: data sets (computed
 * if missing), summaries and claims, for notebooks.
 *
 * @module
 */
export { summariseBestEpsilon } from "./figures/best_epsilon_summary.ts";
export { decisionPanels } from "./figures/decision_panels.ts";
export { judgeBestEpsilon, judgeSurface } from "./figures/figure_claims.ts";
export {
  summariseSurface,
  surfaceCorrelation,
} from "./figures/surface_summary.ts";
export { PUBLISHED_BEST_EPSILON } from "./published.ts";
export {
  runSynthetic,
  type SyntheticOptions,
  type SyntheticProgress,
} from "./run_synthetic.ts";
export { SYNTHETIC_STUDIES } from "./studies.ts";
export { judgeClaims } from "./table/claims.ts";
export { comparePublished } from "./table/compare_table.ts";
export { summariseChosen, summariseTable } from "./table/table_summary.ts";
export {
  compareTeachers,
  judgeTeachers,
  teacherCosts,
} from "./teachers/teachers_summary.ts";
