import type { Logits } from "../../matrix_kinds.ts";

/** Fitted numbers by name, representable in JSON. */
export type CalibratorParameters = Readonly<
  Record<string, number | readonly number[]>
>;

/** A calibrator with fitted parameters. */
export interface FittedCalibrator<Parameters = CalibratorParameters> {
  /** Fitted parameters. */
  readonly parameters: Parameters;
  /**
   * Whether the search ended at a bound, beyond which the loss still falls; absent for
   * calibrators without bounds.
   */
  readonly atBound?: boolean;
  /**
   * Calibrates the logits of other rows.
   *
   * @param logits `[n, classes]`, finite or -Infinity
   * @returns `[n, classes]`, finite or -Infinity: logits whose softmax is the calibrated
   * probabilities
   */
  apply(logits: Logits): Logits;
}

/**
 * A method that makes the probabilities of a trained classifier match its accuracy. It
 * is fitted on rows that the classifier was not trained on and applied to others.
 */
export interface Calibrator<Parameters = CalibratorParameters> {
  /** Key in `CALIBRATORS` and in records. */
  readonly name: string;
  /** Name in texts, such as "temperature scaling". */
  readonly title: string;
  /** Adjective for calibrated logits, such as "scaled". */
  readonly participle: string;
  /** The fitted parameters as text, such as "T = 1.539". */
  describe(parameters: Parameters, digits: number): string;
  /**
   * Fits the parameters.
   *
   * @param logits `[n, classes]`, finite or -Infinity
   * @param labels `[n]`, class indices
   * @throws {BadInput} for no rows, NaN or Infinity among the logits, labels out of
   * range, or labels with a logit of -Infinity
   */
  fit(logits: Logits, labels: Int32Array): FittedCalibrator<Parameters>;
}
