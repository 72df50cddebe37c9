/**
 * Means with intervals, paired differences, rank tests and critical differences
 * for comparing methods over seeds or data sets, and logistic regression. Needs no
 * TensorFlow and runs in a browser.
 *
 * @module
 */
export {
  formatMean,
  mean,
  median,
  type PairedDifference,
  pairedDifference,
  sampleStandardDeviation,
  standardError,
} from "./summary.ts";
export {
  type AverageRanks,
  averageRanks,
  meanRanks,
  rankRows,
} from "./ranks.ts";
export { wilcoxonSignedRank, type WilcoxonTest } from "./wilcoxon.ts";
export { type FriedmanTest, friedmanTest } from "./friedman.ts";
export {
  type Clique,
  cliques,
  criticalDifference,
  type NemenyiOptions,
  nemenyiQuantile,
} from "./nemenyi.ts";
export {
  pairedTestPower,
  pairsToDecide,
  smallestDifference,
  type TestStrength,
} from "./power.ts";
export {
  fitLogisticRegression,
  logisticProbability,
  type LogisticRegression,
} from "./logistic_regression.ts";
export { studentTQuantile } from "./student_t.ts";
export { normalUpperTail } from "./normal.ts";
export { chiSquareUpperTail } from "./chi_square.ts";
export { studentisedRangeQuantile } from "./studentised_range.ts";
export { BadInput } from "../bad_input.ts";
