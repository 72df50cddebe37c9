import type { OverlaidBin } from "../../plots/reliability_overlay.ts";
import type { CalibratorParameters } from "../../calibration/calibrators/calibrator.ts";
import type { CalibratorName } from "../../calibration/calibrators/calibrators.ts";
import type { RiskPoint } from "../../calibration/risk_coverage.ts";
import type { EmbeddedScores } from "../interactive/embedded_scores.ts";
import type { FlatMetrics } from "./flat_metrics.ts";
import type { ReportImages } from "./report_images.ts";

/**
 * All that a calibration report shows, as JSON: the page embeds it and is made from it
 * alone. Null stands for no value. New keys may be added; a change of the others changes
 * `schema`.
 */
export interface ReportData {
  readonly schema: 1;
  readonly classes: number;
  /** Number of bins of every binned calibration error. */
  readonly bins: number;
  readonly topK: number;
  /** Number of bootstrap resamples, 0 for none, and their seed. */
  readonly resamples: number;
  readonly seed: number;
  /** Share of the resamples inside intervals and bands. */
  readonly level: 0.95;
  /** The model from which others differ; null for a single model. */
  readonly reference: string | null;
  /** The calibrator with which the others are compared; null without any. */
  readonly mainCalibrator: CalibratorName | null;
  /** The test rows, then others. */
  readonly sets: readonly ReportSet[];
  /** What is suspicious about the input, a sentence each. */
  readonly remarks: readonly string[];
}

/** All models on one set of rows. */
export interface ReportSet {
  /** Name of the rows; null for the test rows. */
  readonly name: string | null;
  readonly n: number;
  readonly models: readonly ReportModel[];
  /** Images of the rows, if they were given. */
  readonly images?: ReportImages;
}

/** One model on one set of rows. */
export interface ReportModel {
  readonly name: string;
  /** How far off it is, and what repairs it: a sentence without its name. */
  readonly conclusion: string;
  /** Number of rows to which its calibrators were fitted; null without any. */
  readonly validationRows: number | null;
  /** Without calibration, then after each calibrator. */
  readonly versions: readonly ReportVersion[];
  /** Uncalibrated logits and labels, or those of a sample of the rows. */
  readonly scores: EmbeddedScores;
}

/** One model before or after calibration, on one set of rows. */
export interface ReportVersion {
  /** The calibrator; null without calibration. */
  readonly by: CalibratorName | null;
  /** "uncalibrated", or the name of the calibrator in texts. */
  readonly title: string;
  readonly fit: ReportFit | null;
  readonly metrics: FlatMetrics;
  /** Metrics less those without calibration; null for the latter. */
  readonly changes: FlatMetrics | null;
  /** Metrics less those of the reference after the same calibrator; null for it. */
  readonly fromReference: FlatMetrics | null;
  /**
   * ECE less that of the main calibrator, with an interval that holds for all other
   * calibrators at once (Bonferroni); null for these two and without calibration.
   */
  readonly eceFromMain: ReportDifference | null;
  /** Mean confidence less accuracy: above 0 for an overconfident model. */
  readonly confidenceGap: ReportDifference;
  /** ECE that a calibrated model exceeds by chance in one of 20 cases. */
  readonly chanceEce: number | null;
  readonly diagrams: ReportDiagrams;
}

/** A fitted calibrator. */
export interface ReportFit {
  /** Its parameters in a few words, such as "T = 2.88". */
  readonly summary: string;
  readonly parameters: CalibratorParameters;
  /** Why it should not be trusted, a reason each. */
  readonly problems: readonly string[];
}

/** A difference with the ends of its interval. */
export interface ReportDifference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What the diagrams of one version draw. */
export interface ReportDiagrams {
  /** Bins with rows, by increasing confidence. */
  readonly bins: readonly OverlaidBin[];
  readonly riskCoverage: readonly RiskPoint[];
}
