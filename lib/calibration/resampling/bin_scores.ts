import { binEdges, binIndex } from "../bins.ts";
import type { PreparedRows } from "./prepared_rows.ts";
import type { SumScores } from "./sum_scores.ts";

/** Errors of the predicted class in bins of equal width. */
export function binScores(rows: PreparedRows): SumScores<
  | "ece"
  | "mce"
  | "ace"
  | "rmsCalibrationError"
  | "overconfidence"
  | "underconfidence"
> {
  const { confidence, correct } = rows.top;
  const { cell, filled: bins } = filledBins(rows);
  return {
    // The number of rows of each bin, then its confidence less hits.
    size: 2 * bins,
    add(i, weight, sums) {
      sums[cell[i]] += weight;
      sums[bins + cell[i]] += weight * (confidence[i] - correct[i]);
    },
    metrics(sums, n) {
      let [over, under, squares, mce, gaps, filled] = [0, 0, 0, 0, 0, 0];
      for (let k = 0; k < bins; k++) {
        const count = sums[k];
        const gap = sums[bins + k];
        if (count === 0) continue;
        filled++;
        if (gap > 0) over += gap;
        else under -= gap;
        squares += gap * gap / count;
        gaps += Math.abs(gap) / count;
        mce = Math.max(mce, Math.abs(gap) / count);
      }
      return {
        ece: (over + under) / n,
        mce,
        ace: gaps / filled,
        rmsCalibrationError: Math.sqrt(squares / n),
        overconfidence: over / n,
        underconfidence: under / n,
      };
    },
  };
}

/** The bin of each row, numbered among those that are not empty. */
function filledBins({ top, bins }: PreparedRows) {
  const edges = binEdges(bins);
  const numbers = new Map<number, number>();
  const cell = Int32Array.from(top.confidence, (confidence) => {
    const bin = binIndex(confidence, edges);
    const number = numbers.get(bin) ?? numbers.size;
    numbers.set(bin, number);
    return number;
  });
  return { cell, filled: numbers.size };
}
