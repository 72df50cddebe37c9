import { binEdges, binIndex } from "../bins.ts";
import { classCells } from "./class_cells.ts";
import type { PreparedRows } from "./prepared_rows.ts";
import type { SumScores } from "./sum_scores.ts";

/** Error of the probabilities of each class in bins of equal width. */
export function classwiseScores(
  { probabilities, labels, bins }: PreparedRows,
): SumScores<"classwiseEce"> {
  const { data, columns } = probabilities;
  const { cell, first, count } = classCells(probabilities, bins);
  return {
    // Probabilities less labels of each class's bins.
    size: count,
    add(i, weight, sums) {
      const start = i * columns;
      for (let k = 0; k < columns; k++) {
        sums[first[k] + cell[start + k]] += weight * data[start + k];
      }
      sums[first[labels[i]] + cell[start + labels[i]]] -= weight;
    },
    metrics(sums, n) {
      let total = 0;
      for (let at = 0; at < count; at++) total += Math.abs(sums[at]);
      return { classwiseEce: total / n / columns };
    },
  };
}

/** Error of the predicted class among the rows of each label. */
export function labelConditionalScores(
  rows: PreparedRows,
): SumScores<"labelConditionalEce"> {
  const { labels, top: { confidence, correct } } = rows;
  const { columns } = rows.probabilities;
  const { cell, labelOf } = labelCells(rows);
  const cells = labelOf.length;
  return {
    // Confidence less hits of each cell, then the number of rows of each label.
    size: cells + columns,
    add(i, weight, sums) {
      sums[cell[i]] += weight * (confidence[i] - correct[i]);
      sums[cells + labels[i]] += weight;
    },
    metrics(sums) {
      const errors = new Float64Array(columns);
      for (let at = 0; at < cells; at++) {
        errors[labelOf[at]] += Math.abs(sums[at]);
      }
      let total = 0;
      let filled = 0;
      for (let k = 0; k < columns; k++) {
        const count = sums[cells + k];
        if (count === 0) continue;
        filled++;
        total += errors[k] / count;
      }
      return { labelConditionalEce: total / filled };
    },
  };
}

/** The label and bin of each row, and the label of each such cell. */
function labelCells({ labels, bins, top: { confidence } }: PreparedRows) {
  const edges = binEdges(bins);
  const cells = new Map<number, number>();
  const labelOf: number[] = [];
  const cell = Int32Array.from(labels, (label, i) => {
    const key = label * bins + binIndex(confidence[i], edges);
    let found = cells.get(key);
    if (found === undefined) {
      cells.set(key, found = labelOf.length);
      labelOf.push(label);
    }
    return found;
  });
  return { cell, labelOf };
}
