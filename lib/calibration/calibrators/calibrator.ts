import type { Logits } from "../../matrix_kinds.ts";

/** Fitted numbers by name, which JSON can hold. */
export type CalibratorParameters = Readonly<
  Record<string, number | readonly number[]>
>;

/** A calibrator with the parameters that fit some rows best. */
export interface FittedCalibrator<Parameters = CalibratorParameters> {
  /** What was fitted. */
  readonly parameters: Parameters;
  /**
   * True where the search ended at one of its bounds, beyond which the loss
   * still falls; absent for calibrators without bounds.
   */
  readonly atBound?: boolean;
  /**
   * Calibrates logits of other rows.
   *
   * @param logits `[n, classes]`, finite
   * @returns `[n, classes]`, finite: logits whose softmax is the calibrated
   * probabilities
   */
  apply(logits: Logits): Logits;
}

/**
 * A way to make the probabilities of a trained classifier match how often it is
 * right: fitted on rows that it was not trained on, then applied to others.
 */
export interface Calibrator<Parameters = CalibratorParameters> {
  /** Its key in the table of calibrators and in records. */
  readonly name: string;
  /** "temperature scaling" */
  readonly title: string;
  /** What it makes of logits: "scaled". */
  readonly participle: string;
  /** The fitted parameters for people, such as "T = 1.539". */
  describe(parameters: Parameters, digits: number): string;
  /**
   * Fits the parameters.
   *
   * @param logits `[n, classes]`, finite
   * @param labels `[n]`, class indices
   * @throws {BadInput} for no rows, logits that are not finite, or labels out of
   * range
   */
  fit(logits: Logits, labels: Int32Array): FittedCalibrator<Parameters>;
}
