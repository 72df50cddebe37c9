import { binEdges, binIndex } from "../bins.ts";
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
  const edges = binEdges(bins);
  const bin = new (bins <= 0x10000 ? Uint16Array : Uint32Array)(data.length);
  for (let at = 0; at < bin.length; at++) bin[at] = binIndex(data[at], edges);
  const gaps = new Float64Array(columns * bins);
  return ({ byRow }) => {
    gaps.fill(0);
    let n = 0;
    for (let i = 0; i < rows; i++) {
      const weight = byRow[i];
      if (weight === 0) continue;
      n += weight;
      const start = i * columns;
      for (let k = 0; k < columns; k++) {
        gaps[k * bins + bin[start + k]] += weight * data[start + k];
      }
      gaps[labels[i] * bins + bin[start + labels[i]]] -= weight;
    }
    return absoluteSum(gaps) / n / columns;
  };
}

function labelConditionalError(
  { probabilities, labels, bins, order, confidence, correct }: PreparedRows,
): (weights: Weights) => number {
  const { columns } = probabilities;
  const edges = binEdges(bins);
  const cell = Int32Array.from(
    order,
    (row, i) => labels[row] * bins + binIndex(confidence[i], edges),
  );
  const gaps = new Float64Array(columns * bins);
  const counts = new Float64Array(columns);
  return ({ byRow, byConfidence }) => {
    gaps.fill(0);
    counts.fill(0);
    for (let i = 0; i < cell.length; i++) {
      gaps[cell[i]] += byConfidence[i] * (confidence[i] - correct[i]);
      counts[labels[i]] += byRow[i];
    }
    let total = 0;
    let filled = 0;
    for (let k = 0; k < columns; k++) {
      if (counts[k] === 0) continue;
      filled++;
      const own = gaps.subarray(k * bins, (k + 1) * bins);
      total += absoluteSum(own) / counts[k];
    }
    return total / filled;
  };
}

function absoluteSum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += Math.abs(values[i]);
  return total;
}
