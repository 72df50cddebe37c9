/**
 * Calibration of a classifier's probabilities: accuracy, proper scores, binned and
 * smooth calibration errors, the rejection of uncertain rows, bootstrap intervals,
 * reliability diagrams' bins, and calibrators. Needs no TensorFlow and runs in a
 * browser.
 *
 * @module
 */
export {
  type CalibratedLogits,
  calibrateLogits,
  evaluate,
  evaluateLogits,
} from "./evaluate.ts";
export type { LabelledLogits } from "./labelled_logits.ts";
export {
  type CalibratedMetrics,
  type Evaluation,
  type ScaledMetrics,
  scaledMetrics,
} from "./evaluation.ts";
export {
  type Metric,
  METRIC_NAMES,
  type MetricName,
  METRICS,
  type Metrics,
  type Predictions,
  type ScoreFormat,
} from "./metrics.ts";
export { massReliability } from "./mass_bins.ts";
export { reliability, type ReliabilityBin } from "./bins.ts";
export {
  ace,
  ece,
  mce,
  overconfidence,
  underconfidence,
} from "./calibration_error.ts";
export {
  calibrationError,
  type CalibrationErrorOptions,
} from "./general_error.ts";
export type { BinaryErrorOptions } from "./binary_error.ts";
export { smoothEce } from "./smooth/smooth_ece.ts";
export { adaptiveEce } from "./adaptive_error.ts";
export { classwiseEce, labelConditionalEce } from "./classwise_error.ts";
export {
  augrc,
  aurc,
  type RiskCoverage,
  riskCoverage,
  type RiskPoint,
} from "./risk_coverage.ts";
export {
  confidenceAuroc,
  coverageAtRisk,
  riskAtCoverage,
} from "./selective.ts";
export {
  fitConfidenceNorm,
  normalisedConfidence,
} from "./normalised_confidence.ts";
export {
  accuracy,
  brier,
  labelProbabilities,
  logitsLogLoss,
  logLoss,
  meanConfidence,
} from "./scores.ts";
export { sphericalScore } from "./spherical_score.ts";
export { topKAccuracy } from "./top_k_accuracy.ts";
export { type LossParts, lossParts } from "./refinement.ts";
export {
  type ExtendedMetrics,
  extendedMetrics,
  type MetricSettings,
} from "./extended_metrics.ts";
export {
  EXTENDED_METRIC_NAMES,
  EXTENDED_METRICS,
  type ExtendedMetricName,
  type ExtraMetricName,
  type MetricFormat,
} from "./extended_names.ts";
export { evaluateExtended, type ExtendedOptions } from "./evaluate_extended.ts";
export type { ExtendedEvaluation } from "./extended_evaluation.ts";
export {
  compareModels,
  type CompareModelsOptions,
  type FittedLogits,
  type MetricDifferences,
  type ModelComparison,
  type ModelVersion,
} from "./compare_models.ts";
export {
  type BootstrapIntervals,
  bootstrapMetrics,
  type BootstrapOptions,
  type MetricIntervals,
} from "./resampling/bootstrap.ts";
export {
  type BandedBin,
  type ModelDiagram,
  modelDiagrams,
  type ModelDiagramsOptions,
} from "./model_diagrams.ts";
export {
  conformalMetrics,
  type ConformalOptions,
  type ConformalResult,
  conformalSets,
  type LabelledProbabilities,
} from "./conformal/conformal.ts";
export {
  type CalibratedSets,
  evaluateConformal,
} from "./conformal/evaluate_conformal.ts";
export type {
  ConformalMethod,
  ConformalVariant,
} from "./conformal/conformal_method.ts";
export type { SetMetrics, SizeCoverage } from "./conformal/set_metrics.ts";
export {
  explainNumber,
  type ExplainOptions,
  type NumberExplanation,
} from "./explain/explain_number.ts";
export type { ExplainedValue } from "./explain/explained_value.ts";
export type { ConventionSettings } from "./explain/convention.ts";
export type { Interval } from "./resampling/percentile_interval.ts";
export { inputRemarks, type ModelRows } from "./input_remarks.ts";
export { type ConfidentError, confidentErrors } from "./confident_errors.ts";
export { type LabelSuspect, labelSuspects } from "./label_suspects.ts";
export {
  type Calibrator,
  type CalibratorCode,
  type CalibratorParameters,
  type CalibratorSettings,
  type FitProblem,
  type FittedCalibrator,
} from "./calibrators/calibrator.ts";
export {
  CALIBRATOR_NAMES,
  type CalibratorName,
  CALIBRATORS,
} from "./calibrators/calibrators.ts";
export {
  type CalibratorFit,
  fitCalibrator,
  type FitCalibratorOptions,
} from "./calibrators/fit_calibrator.ts";
export {
  applyCalibration,
  type CalibrationMap,
} from "./calibrators/calibration_map.ts";
export {
  type CalibratorComparison,
  type CalibratorDifferences,
  compareCalibrators,
  type CompareCalibratorsOptions,
  type Difference,
  type SkippedCalibrator,
  type TestedCalibrator,
  type TestedLogits,
} from "./compare_calibrators.ts";
export { exportCalibrator } from "./calibrators/export_calibrator.ts";
export {
  fitTemperature,
  type TemperatureFit,
  type TemperatureParameters,
  temperatureScaling,
} from "./calibrators/temperature.ts";
export type { TemperatureBounds } from "./calibrators/temperature_search.ts";
export { temperatureByEce } from "./calibrators/temperature_by_ece.ts";
export { type VectorParameters, vectorScaling } from "./calibrators/vector.ts";
export { matrixScaling } from "./calibrators/matrix.ts";
export {
  type StructuredMatrixParameters,
  structuredMatrixScaling,
} from "./calibrators/structured_matrix.ts";
export { dirichletCalibration } from "./calibrators/dirichlet.ts";
export type { AffineParameters } from "./calibrators/parts/affine_fit.ts";
export { betaCalibration, type BetaParameters } from "./calibrators/beta.ts";
export { isotonicRegression } from "./calibrators/isotonic.ts";
export { histogramBinning } from "./calibrators/histogram.ts";
export type { CurveParameters } from "./calibrators/parts/curves.ts";
export {
  logitNormalisation,
  type LogitNormParameters,
} from "./calibrators/logit_norm.ts";
export { BadInput } from "../bad_input.ts";
export type { Matrix } from "../matrix.ts";
export {
  asLogits,
  asProbabilities,
  type Logits,
  logitsOf,
  type PlainMatrix,
  type Probabilities,
  probabilitiesOf,
} from "../matrix_kinds.ts";
