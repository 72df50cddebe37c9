import { binEdges, binIndex } from "../bins.ts";
import { classCells } from "./class_cells.ts";
import type {
  PreparedRows,
  WeightedMetrics,
  Weights,
} from "./prepared_rows.ts";

/** Errors of single classes in bins of equal width. */
export function classScores(
  rows: PreparedRows,
): WeightedMetrics<"classwiseEce" | "labelConditionalEce"> {
  const classwise = classwiseError(rows);
  const labelConditional = labelConditionalError(rows);
  return (weights) => ({
    classwiseEce: classwise(weights),
    labelConditionalEce: labelConditional(weights),
  });
}

function classwiseError(
  { probabilities, labels, bins }: PreparedRows,
): (weights: Weights) => number {
  const { data, rows, columns } = probabilities;
  const { cell, first, count } = classCells(probabilities, bins);
  const gaps = new Float64Array(count);
  return ({ byRow }) => {
    gaps.fill(0);
    let n = 0;
    for (let i = 0; i < rows; i++) {
      const weight = byRow[i];
      if (weight === 0) continue;
      n += weight;
      const start = i * columns;
      for (let k = 0; k < columns; k++) {
        gaps[first[k] + cell[start + k]] += weight * data[start + k];
      }
      gaps[first[labels[i]] + cell[start + labels[i]]] -= weight;
    }
    let total = 0;
    for (let at = 0; at < count; at++) total += Math.abs(gaps[at]);
    return total / n / columns;
  };
}

function labelConditionalError(
  rows: PreparedRows,
): (weights: Weights) => number {
  const { labels, confidence, correct } = rows;
  const { columns } = rows.probabilities;
  const { cell, labelOf } = labelCells(rows);
  const gaps = new Float64Array(labelOf.length);
  const sums = new Float64Array(columns);
  const counts = new Float64Array(columns);
  return ({ byRow, byConfidence }) => {
    for (const array of [gaps, sums, counts]) array.fill(0);
    for (let i = 0; i < cell.length; i++) {
      gaps[cell[i]] += byConfidence[i] * (confidence[i] - correct[i]);
      counts[labels[i]] += byRow[i];
    }
    for (let at = 0; at < gaps.length; at++) {
      sums[labelOf[at]] += Math.abs(gaps[at]);
    }
    let total = 0;
    let filled = 0;
    for (let k = 0; k < columns; k++) {
      if (counts[k] === 0) continue;
      filled++;
      total += sums[k] / counts[k];
    }
    return total / filled;
  };
}

/** The label and bin of each row, by confidence, and the label of each such cell. */
function labelCells({ labels, bins, order, confidence }: PreparedRows) {
  const edges = binEdges(bins);
  const cells = new Map<number, number>();
  const labelOf: number[] = [];
  const cell = Int32Array.from(order, (row, i) => {
    const key = labels[row] * bins + binIndex(confidence[i], edges);
    let found = cells.get(key);
    if (found === undefined) {
      cells.set(key, found = labelOf.length);
      labelOf.push(labels[row]);
    }
    return found;
  });
  return { cell, labelOf };
}
