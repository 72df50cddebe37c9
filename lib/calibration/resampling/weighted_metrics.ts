import type { ExtendedMetricName } from "../extended_names.ts";
import { weightedSmoothError } from "../smooth/weighted_smooth_error.ts";
import { binScores } from "./bin_scores.ts";
import { classwiseScores, labelConditionalScores } from "./class_scores.ts";
import { massScores } from "./mass_scores.ts";
import {
  type PreparedRows,
  sortedWeights,
  type Weights,
} from "./prepared_rows.ts";
import { refinementScores } from "./refinement_scores.ts";
import { type RowGroups, spreadWeights } from "./row_groups.ts";
import { rowScores } from "./row_scores.ts";
import { AREAS, areasOfCells } from "./areas_of_cells.ts";
import { selectiveScores } from "./selective_scores.ts";
import { scoresOfGroups, scoresOfRows, type SumScores } from "./sum_scores.ts";

/** Weights of rows, or of groups of rows. */
interface DrawnWeights {
  readonly drawn: Int32Array;
  /** Those of the rows; computed when they are needed. */
  readonly ofRows: () => Weights;
}

type Measure = (
  weights: DrawnWeights,
) => Partial<Record<ExtendedMetricName, number>>;

/** Metrics that are computed together. */
interface Family {
  readonly names: readonly ExtendedMetricName[];
  /** @param names those of the family that are needed */
  prepare(
    rows: PreparedRows,
    groups: RowGroups | undefined,
    names: readonly ExtendedMetricName[],
  ): Measure;
}

const FAMILIES: readonly Family[] = [
  sumFamily(
    ["accuracy", "logLoss", "brier", "sphericalScore", "topKAccuracy"],
    rowScores,
  ),
  sumFamily(
    [
      ...["logLossRefinement", "logLossCalibration"] as const,
      ...["brierRefinement", "brierCalibration"] as const,
    ],
    refinementScores,
  ),
  sumFamily(
    [
      ...["ece", "mce", "ace", "rmsCalibrationError"] as const,
      ...["overconfidence", "underconfidence"] as const,
    ],
    binScores,
  ),
  family(["adaptiveEce", "debiasedEce"], massScores),
  {
    names: [
      ...AREAS,
      ...["riskAtCoverage80", "riskAtCoverage90", "riskAtCoverage95"] as const,
      ...["coverageAtRisk1", "coverageAtRisk5"] as const,
    ],
    prepare(rows, groups, names) {
      const areasOnly = names.every((name) =>
        AREAS.some((area) => area === name)
      );
      return groups !== undefined && areasOnly
        ? overSums(areasOfCells(rows), groups)
        : overRows(selectiveScores(rows));
    },
  },
  sumFamily(["classwiseEce"], classwiseScores),
  sumFamily(["labelConditionalEce"], labelConditionalScores),
  family(["smoothEce"], ({ confidence, correct }) => {
    const smooth = weightedSmoothError(confidence, correct);
    return ({ byConfidence }) => ({ smoothEce: smooth(byConfidence) });
  }),
];

/** Metrics that need the weight of each row. */
function family<Name extends ExtendedMetricName>(
  names: readonly Name[],
  prepare: (rows: PreparedRows) => (weights: Weights) => Record<Name, number>,
): Family {
  return { names, prepare: (rows) => overRows(prepare(rows)) };
}

/** Metrics of sums over rows. */
function sumFamily<Name extends ExtendedMetricName>(
  names: readonly Name[],
  prepare: (rows: PreparedRows) => SumScores<Name>,
): Family {
  return { names, prepare: (rows, groups) => overSums(prepare(rows), groups) };
}

function overRows(
  measure: (weights: Weights) => ReturnType<Measure>,
): Measure {
  return ({ ofRows }) => measure(ofRows());
}

/** Sums that would take more memory than this many numbers are not kept by group. */
const MOST_GROUP_SUMS = 1e7;

function overSums<Name extends ExtendedMetricName>(
  scores: SumScores<Name>,
  groups: RowGroups | undefined,
): Measure {
  if (groups !== undefined && scores.size * groups.count <= MOST_GROUP_SUMS) {
    const measure = scoresOfGroups(scores, groups);
    return ({ drawn }) => measure(drawn);
  }
  const measure = scoresOfRows(scores);
  return groups === undefined
    ? ({ drawn }) => measure(drawn)
    : ({ ofRows }) => measure(ofRows().byRow);
}

/**
 * Metrics of rows that count several times, such as a bootstrap sample: as
 * `extendedMetrics()` of the repeated rows. Sorting, binning and fitting are done once.
 *
 * Two kinds are approximations: the smooth ECE is smoothed on another grid, and the
 * temperature of the refinement parts is one Newton step from that of the original rows.
 * With groups, areas of the rejection of rows are one too if they are all that is needed
 * of it: see `areasOfCells()`.
 *
 * @param names of the metrics that are needed; others may be there too
 * @param groups of rows that count equally often
 * @returns a function of whole weights `[n]` that sum to n, or of those of the groups
 */
export function weightedMetrics(
  rows: PreparedRows,
  names: readonly ExtendedMetricName[],
  groups?: RowGroups,
): (weights: Int32Array) => Record<ExtendedMetricName, number> {
  const needed = FAMILIES.flatMap((family) => {
    const own = family.names.filter((name) => names.includes(name));
    return own.length === 0 ? [] : [family.prepare(rows, groups, own)];
  });
  return (drawn) => {
    let found: Weights | undefined;
    const ofRows = () => found ??= weightsOfRows(drawn, rows, groups);
    return Object.assign(
      {},
      ...needed.map((measure) => measure({ drawn, ofRows })),
    );
  };
}

function weightsOfRows(
  drawn: Int32Array,
  rows: PreparedRows,
  groups: RowGroups | undefined,
): Weights {
  if (groups === undefined) return sortedWeights(drawn, rows);
  const byRow = new Int32Array(rows.order.length);
  spreadWeights(groups, drawn, byRow);
  return sortedWeights(byRow, rows);
}
