import type { Logits } from "../../matrix_kinds.ts";

/** Fitted numbers by name, representable in JSON. */
export type CalibratorParameters = Readonly<
  Record<string, number | readonly number[]>
>;

/** Numbers by name that are chosen before a fit, such as the strength of a penalty. */
export type CalibratorSettings = Readonly<Record<string, number>>;

/** Why a fitted calibrator should not be trusted. */
export interface FitProblem {
  /**
   * - `no minimum`: the log loss falls without end;
   * - `bound`: the search ended at the end of its range;
   * - `absent class`: no validation row has the label of a class;
   * - `unconverged`: the search stopped before it reached the minimum;
   * - `raised`: the log loss on validation rows is higher than without calibration.
   */
  readonly kind:
    | "no minimum"
    | "bound"
    | "absent class"
    | "unconverged"
    | "raised";
  /** What happened and what helps, without a final period. */
  readonly reason: string;
}

/** A calibrator with fitted parameters. */
export interface FittedCalibrator<Parameters = CalibratorParameters> {
  /** Fitted parameters. */
  readonly parameters: Parameters;
  /**
   * Whether the search ended at a bound, beyond which the loss still falls; absent for
   * calibrators without bounds.
   */
  readonly atBound?: boolean;
  /** Why the fit should not be trusted; absent if there is no reason. */
  readonly problems?: readonly FitProblem[];
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
  /**
   * Settings among which `fitCalibrator()` chooses by cross-validation, from the
   * simplest map on; absent if there is nothing to choose.
   */
  readonly choices?: readonly CalibratorSettings[];
  /** Whether it mixes the classes, so that no logit may be -Infinity (false). */
  readonly mixesClasses?: true;
  /** The fitted parameters as text, such as "T = 1.539". */
  describe(parameters: Parameters, digits: number): string;
  /**
   * Fits the parameters.
   *
   * @param logits `[n, classes]`, finite or -Infinity
   * @param labels `[n]`, class indices
   * @param settings one of `choices` or similar (numbers that the calibrator documents)
   * @throws {BadInput} for no rows, NaN or Infinity among the logits, labels out of
   * range, or labels with a logit of -Infinity; also for other logits of -Infinity if
   * the calibrator mixes classes
   */
  fit(
    logits: Logits,
    labels: Int32Array,
    settings?: CalibratorSettings,
  ): FittedCalibrator<Parameters>;
  /**
   * Fits with each of several settings, faster than one after the other and only as
   * precisely as a comparison needs; absent if that makes no difference.
   *
   * @param logits as in `fit()`
   * @param labels as in `fit()`
   * @param choices settings, neighbours next to each other
   */
  fitEach?(
    logits: Logits,
    labels: Int32Array,
    choices: readonly CalibratorSettings[],
  ): Pick<FittedCalibrator<Parameters>, "apply">[];
  /**
   * Calibrates logits with fitted parameters. A logit of -Infinity keeps its class at
   * probability 0.
   *
   * @param logits `[n, classes]`, finite or -Infinity
   * @returns `[n, classes]`, finite or -Infinity: logits whose softmax is the calibrated
   * probabilities
   * @throws {BadInput} for logits of -Infinity if the calibrator mixes classes
   */
  apply(parameters: Parameters, logits: Logits): Logits;
  /**
   * Throws unless parameters, such as from a file, are complete and in range.
   *
   * @param classes number of classes
   * @throws {BadInput} naming the parameter
   */
  check(parameters: CalibratorParameters, classes: number): void;
  /**
   * The same map as source text of one row's function, which is JavaScript as well as
   * TypeScript.
   */
  code(parameters: Parameters): CalibratorCode;
}

/**
 * Source text of a calibrator's map. It may call the functions that
 * `exportCalibrator()` adds.
 */
export interface CalibratorCode {
  /** Statements that define constants; may be empty. */
  readonly constants: string;
  /** Statements that return the calibrated logits of `z`, an array of logits. */
  readonly body: string;
}
