import { argMax } from "../../matrix.ts";
import { rowLogLoss } from "../scores.ts";
import { sphericalRow } from "../spherical_score.ts";
import { rankOf } from "../top_k_accuracy.ts";
import type { PreparedRows } from "./prepared_rows.ts";
import { addColumnsOf, type SumScores } from "./sum_scores.ts";

/** Numbers per row. */
const COLUMNS = 5;

/** Metrics that are means over rows. */
export function rowScores(rows: PreparedRows): SumScores<
  "accuracy" | "logLoss" | "brier" | "sphericalScore" | "topKAccuracy"
> {
  const columns = scoreColumns(rows);
  return {
    size: COLUMNS,
    add: addColumnsOf(columns, COLUMNS),
    metrics(sums, n) {
      const [accuracy, logLoss, brier, sphericalScore, topKAccuracy] = sums
        .map((sum) => sum / n);
      return { accuracy, logLoss, brier, sphericalScore, topKAccuracy };
    },
  };
}

function scoreColumns(rows: PreparedRows): Float64Array {
  const { probabilities, labels, topK } = rows;
  const columns = new Float64Array(labels.length * COLUMNS);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const at = i * COLUMNS;
    columns[at] = argMax(probabilities, i) === label ? 1 : 0;
    columns[at + 1] = rowLoss(rows, i);
    columns[at + 2] = brierRow(rows, i);
    columns[at + 3] = sphericalRow(probabilities, i, label);
    columns[at + 4] = rankOf(probabilities, i, label) < topK ? 1 : 0;
  }
  return columns;
}

/** The log loss of row `i`. */
export function rowLoss(rows: PreparedRows, i: number): number {
  const { logits, probabilities: { data, columns }, labels } = rows;
  return logits === undefined
    ? 0 - Math.log(data[i * columns + labels[i]])
    : rowLogLoss(logits, i, labels[i]);
}

/** The Brier score of row `i`. */
export function brierRow(
  { probabilities, labels }: PreparedRows,
  i: number,
): number {
  const { data, columns } = probabilities;
  let total = 0;
  for (let k = 0; k < columns; k++) {
    const miss = data[i * columns + k] - (labels[i] === k ? 1 : 0);
    total += miss * miss;
  }
  return total;
}
