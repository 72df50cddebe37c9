import { argMax } from "../../matrix.ts";
import { refinementOf, refinementTerms, TERMS } from "../refinement.ts";
import { rowLogLoss } from "../scores.ts";
import { sphericalRow } from "../spherical_score.ts";
import { rankOf } from "../top_k_accuracy.ts";
import type { PreparedRows, WeightedMetrics } from "./prepared_rows.ts";

/** Numbers per row: five scores, then `refinementTerms()`. */
const SCORES = 5;
const COLUMNS = SCORES + TERMS;

/** Metrics that are means over rows, or follow from such means. */
export function rowScores(rows: PreparedRows): WeightedMetrics<
  | "accuracy"
  | "logLoss"
  | "brier"
  | "sphericalScore"
  | "topKAccuracy"
  | "logLossRefinement"
  | "logLossCalibration"
  | "brierRefinement"
  | "brierCalibration"
> {
  const columns = scoreColumns(rows);
  const sums = new Float64Array(COLUMNS);
  return ({ byRow }) => {
    const n = addColumns(columns, byRow, sums);
    const [accuracy, logLoss, brier, sphericalScore, topKAccuracy] = sums
      .map((sum) => sum / n);
    const refinement = refinementOf(sums.subarray(SCORES), n);
    return {
      accuracy,
      logLoss,
      brier,
      sphericalScore,
      topKAccuracy,
      ...refinement,
      logLossCalibration: logLoss - refinement.logLossRefinement,
      brierCalibration: brier - refinement.brierRefinement,
    };
  };
}

/** Fills `sums` with the weighted sums of columns; returns the sum of weights. */
function addColumns(
  columns: Float64Array,
  weights: Int32Array,
  sums: Float64Array,
): number {
  sums.fill(0);
  let n = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    // Also keeps an infinite log loss of a row that does not count from becoming NaN.
    if (weight === 0) continue;
    n += weight;
    const start = i * COLUMNS;
    for (let k = 0; k < COLUMNS; k++) sums[k] += weight * columns[start + k];
  }
  return n;
}

function scoreColumns(rows: PreparedRows): Float64Array {
  const { probabilities, labels, topK } = rows;
  const terms = refinementTerms(rows);
  const columns = new Float64Array(labels.length * COLUMNS);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const at = i * COLUMNS;
    columns[at] = argMax(probabilities, i) === label ? 1 : 0;
    columns[at + 1] = lossOf(rows, i);
    columns[at + 2] = brierRow(rows, i);
    columns[at + 3] = sphericalRow(probabilities, i, label);
    columns[at + 4] = rankOf(probabilities, i, label) < topK ? 1 : 0;
    for (let k = 0; k < TERMS; k++) {
      columns[at + SCORES + k] = terms[i * TERMS + k];
    }
  }
  return columns;
}

function lossOf(rows: PreparedRows, i: number): number {
  const { logits, probabilities: { data, columns }, labels } = rows;
  return logits === undefined
    ? 0 - Math.log(data[i * columns + labels[i]])
    : rowLogLoss(logits, i, labels[i]);
}

function brierRow({ probabilities, labels }: PreparedRows, i: number): number {
  const { data, columns } = probabilities;
  let total = 0;
  for (let k = 0; k < columns; k++) {
    const miss = data[i * columns + k] - (labels[i] === k ? 1 : 0);
    total += miss * miss;
  }
  return total;
}
