import type { ExtendedMetricName } from "../extended_names.ts";
import { weightedSmoothError } from "../smooth/weighted_smooth_error.ts";
import { binScores } from "./bin_scores.ts";
import { classScores } from "./class_scores.ts";
import { massScores } from "./mass_scores.ts";
import {
  type PreparedRows,
  sortedWeights,
  type WeightedMetrics,
} from "./prepared_rows.ts";
import { refinementScores } from "./refinement_scores.ts";
import { rowScores } from "./row_scores.ts";
import { selectiveScores } from "./selective_scores.ts";

/** Metrics that are computed together. */
interface Family {
  readonly names: readonly ExtendedMetricName[];
  prepare(rows: PreparedRows): WeightedMetrics<ExtendedMetricName>;
}

const FAMILIES: readonly Family[] = [
  family(
    ["accuracy", "logLoss", "brier", "sphericalScore", "topKAccuracy"],
    rowScores,
  ),
  family(
    [
      ...["logLossRefinement", "logLossCalibration"] as const,
      ...["brierRefinement", "brierCalibration"] as const,
    ],
    refinementScores,
  ),
  family(
    [
      ...["ece", "mce", "ace", "rmsCalibrationError"] as const,
      ...["overconfidence", "underconfidence"] as const,
    ],
    binScores,
  ),
  family(["adaptiveEce", "debiasedEce"], massScores),
  family(
    [
      ...["aurc", "augrc", "confidenceAuroc"] as const,
      ...["riskAtCoverage80", "riskAtCoverage90", "riskAtCoverage95"] as const,
      ...["coverageAtRisk1", "coverageAtRisk5"] as const,
    ],
    selectiveScores,
  ),
  family(["classwiseEce", "labelConditionalEce"], classScores),
  family(["smoothEce"], ({ confidence, correct }) => {
    const smooth = weightedSmoothError(confidence, correct);
    return ({ byConfidence }) => ({ smoothEce: smooth(byConfidence) });
  }),
];

function family<Name extends ExtendedMetricName>(
  names: readonly Name[],
  prepare: (rows: PreparedRows) => WeightedMetrics<Name>,
): Family {
  return { names, prepare: prepare as Family["prepare"] };
}

/**
 * Metrics of rows that count several times, such as a bootstrap sample: as
 * `extendedMetrics()` of the repeated rows. Sorting, binning and fitting are done once.
 *
 * Two kinds are approximations: the smooth ECE is smoothed on another grid, and the
 * temperature of the refinement parts is one Newton step from that of the original rows.
 *
 * @param names of the metrics that are needed; others may be there too
 * @returns a function of whole weights `[n]` that sum to n
 */
export function weightedMetrics(
  rows: PreparedRows,
  names: readonly ExtendedMetricName[],
): (byRow: Int32Array) => Record<ExtendedMetricName, number> {
  const needed = FAMILIES
    .filter((family) => family.names.some((name) => names.includes(name)))
    .map(({ prepare }) => prepare(rows));
  return (byRow) => {
    const weights = sortedWeights(byRow, rows);
    return Object.assign({}, ...needed.map((measure) => measure(weights)));
  };
}
