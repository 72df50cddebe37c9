import { dirichletCalibration } from "../../lib/calibration/calibrators/dirichlet.ts";
import { fitCalibrator } from "../../lib/calibration/calibrators/fit_calibrator.ts";
import { matrixScaling } from "../../lib/calibration/calibrators/matrix.ts";
import { fitTemperature } from "../../lib/calibration/calibrators/temperature.ts";
import { vectorScaling } from "../../lib/calibration/calibrators/vector.ts";
import type { LabelledLogits } from "../../lib/calibration/labelled_logits.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import type { Logits, Probabilities } from "../../lib/matrix_kinds.ts";

/** Rows after one calibrator. */
export interface Calibrated extends LabelledLogits {
  readonly probabilities: Probabilities;
  /** The temperature of temperature scaling on the validation rows. */
  readonly temperature: number;
}

/** What the rows went through. */
export type Calibration =
  | "uncalibrated"
  | "temperature"
  | "vector"
  | "matrix, their penalty"
  | "matrix, by folds"
  | "Dirichlet, their penalty"
  | "Dirichlet, by folds";

/** Penalties of the sums of squares, as the published code has them. */
const MATRIX = { weights: 250, intercepts: 0.0001 };
const DIRICHLET = { weights: 1000, intercepts: 0.01 };

/** The test rows after each calibrator. */
export function calibratedRows(
  { logits, labels }: LabelledLogits,
  validation: LabelledLogits,
): Record<Calibration, Calibrated> {
  const { temperature } = fitTemperature(validation.logits, validation.labels);
  const given = [validation.logits, validation.labels] as const;
  const classes = logits.columns;
  const rows = (calibrated: Logits): Calibrated => ({
    ...{ logits: calibrated, labels, temperature },
    probabilities: softmax(calibrated),
  });
  const byFolds = (name: "matrix" | "dirichlet") =>
    rows(fitCalibrator(name, validation).apply(logits));
  // Ours are factors of means of squares, and of weights times the temperature.
  const settings = (
    { weights, intercepts }: typeof MATRIX,
    unit: number,
  ) => ({
    offDiagonal: weights * classes * (classes - 1) / unit ** 2,
    intercept: intercepts * classes,
  });
  const matrix = matrixScaling.fit(...given, settings(MATRIX, temperature));
  const dirichlet = dirichletCalibration.fit(...given, settings(DIRICHLET, 1));
  return {
    "uncalibrated": rows(logits),
    "temperature": rows(fitCalibrator("temperature", validation).apply(logits)),
    "vector": rows(vectorScaling.fit(...given).apply(logits)),
    "matrix, their penalty": rows(matrix.apply(logits)),
    "matrix, by folds": byFolds("matrix"),
    "Dirichlet, their penalty": rows(dirichlet.apply(logits)),
    "Dirichlet, by folds": byFolds("dirichlet"),
  };
}
