import { refinementOf, refinementTerms, TERMS } from "../refinement.ts";
import type { PreparedRows } from "./prepared_rows.ts";
import { brierRow, rowLoss } from "./row_scores.ts";
import { addColumnsOf, type SumScores } from "./sum_scores.ts";

/** Numbers per row: `refinementTerms()`, log loss and Brier score. */
const COLUMNS = TERMS + 2;

/** Refinement and calibration parts of log loss and Brier score. */
export function refinementScores(rows: PreparedRows): SumScores<
  | "logLossRefinement"
  | "logLossCalibration"
  | "brierRefinement"
  | "brierCalibration"
> {
  const columns = termColumns(rows);
  return {
    size: COLUMNS,
    add: addColumnsOf(columns, COLUMNS),
    metrics(sums, n) {
      const parts = refinementOf(sums, n);
      return {
        ...parts,
        logLossCalibration: sums[TERMS] / n - parts.logLossRefinement,
        brierCalibration: sums[TERMS + 1] / n - parts.brierRefinement,
      };
    },
  };
}

function termColumns(rows: PreparedRows): Float64Array {
  const terms = refinementTerms(rows);
  const n = rows.labels.length;
  const columns = new Float64Array(n * COLUMNS);
  for (let i = 0; i < n; i++) {
    const at = i * COLUMNS;
    for (let k = 0; k < TERMS; k++) columns[at + k] = terms[i * TERMS + k];
    columns[at + TERMS] = rowLoss(rows, i);
    columns[at + TERMS + 1] = brierRow(rows, i);
  }
  return columns;
}
