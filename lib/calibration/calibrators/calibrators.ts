import { betaCalibration } from "./beta.ts";
import type { Calibrator } from "./calibrator.ts";
import { dirichletCalibration } from "./dirichlet.ts";
import { histogramBinning } from "./histogram.ts";
import { isotonicRegression } from "./isotonic.ts";
import { logitNormalisation } from "./logit_norm.ts";
import { matrixScaling } from "./matrix.ts";
import { structuredMatrixScaling } from "./structured_matrix.ts";
import { temperatureScaling } from "./temperature.ts";
import { temperatureByEce } from "./temperature_by_ece.ts";
import { vectorScaling } from "./vector.ts";

/** The name of a calibrator, its key in records. */
export type CalibratorName =
  | "temperature"
  | "temperature-ece"
  | "vector"
  | "matrix"
  | "structured-matrix"
  | "dirichlet"
  | "beta"
  | "isotonic"
  | "histogram"
  | "logit-norm";

/**
 * All calibrators by name; tables show them in this order. To add one, add a file to
 * this folder, and its name and value here.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { CALIBRATORS, logitsOf } from "@ils/label-smoothing/calibration";
 * const { fit, describe } = CALIBRATORS.temperature;
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const { parameters } = fit(logits, Int32Array.of(0, 0, 0, 1));
 * strictEqual(describe(parameters, 2), "T = 3.64");
 * ```
 */
export const CALIBRATORS: Readonly<Record<CalibratorName, Calibrator>> = {
  temperature: temperatureScaling,
  "temperature-ece": temperatureByEce,
  vector: vectorScaling,
  matrix: matrixScaling,
  "structured-matrix": structuredMatrixScaling,
  dirichlet: dirichletCalibration,
  beta: betaCalibration,
  isotonic: isotonicRegression,
  histogram: histogramBinning,
  "logit-norm": logitNormalisation,
};

/** The names of all calibrators in order. */
export const CALIBRATOR_NAMES: readonly CalibratorName[] = Object.keys(
  CALIBRATORS,
) as CalibratorName[];
