import type { ExtendedMetricName } from "../extended_names.ts";
import { weightedSmoothError } from "../smooth/weighted_smooth_error.ts";
import { binScores } from "./bin_scores.ts";
import { classScores } from "./class_scores.ts";
import { massScores } from "./mass_scores.ts";
import { type PreparedRows, sortedWeights } from "./prepared_rows.ts";
import { rowScores } from "./row_scores.ts";
import { selectiveScores } from "./selective_scores.ts";

/**
 * All metrics of rows that count several times, such as a bootstrap sample: as
 * `extendedMetrics()` of the repeated rows. Sorting, binning and fitting are done once.
 *
 * Two of them are approximations: the smooth ECE is smoothed on another grid, and the
 * temperature of the refinement parts is one Newton step from that of the original rows.
 *
 * @returns a function of whole weights `[n]` that sum to n
 */
export function weightedMetrics(
  rows: PreparedRows,
): (byRow: Int32Array) => Record<ExtendedMetricName, number> {
  const scores = rowScores(rows);
  const binned = binScores(rows);
  const massed = massScores(rows);
  const selective = selectiveScores(rows);
  const classes = classScores(rows);
  const smooth = weightedSmoothError(rows.confidence, rows.correct);
  return (byRow) => {
    const weights = sortedWeights(byRow, rows);
    return {
      ...scores(weights),
      ...binned(weights),
      ...massed(weights),
      ...selective(weights),
      ...classes(weights),
      smoothEce: smooth(weights.byConfidence),
    };
  };
}
