import { binEdges, binIndex } from "../bins.ts";
import type { PreparedRows, WeightedMetrics } from "./prepared_rows.ts";

/** The range of rows of one bin, by increasing confidence. */
interface BinRange {
  readonly start: number;
  readonly end: number;
}

/** Errors of the predicted class in bins of equal width. */
export function binScores(rows: PreparedRows): WeightedMetrics<
  | "ece"
  | "mce"
  | "ace"
  | "rmsCalibrationError"
  | "overconfidence"
  | "underconfidence"
> {
  const { confidence, correct } = rows;
  const ranges = binRanges(rows);
  return ({ byConfidence }) => {
    let [n, over, under, squares, mce, gaps, filled] = [0, 0, 0, 0, 0, 0, 0];
    for (const { start, end } of ranges) {
      let count = 0;
      let gap = 0;
      for (let i = start; i < end; i++) {
        count += byConfidence[i];
        gap += byConfidence[i] * (confidence[i] - correct[i]);
      }
      if (count === 0) continue;
      n += count;
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
  };
}

/** The rows of each bin that is not empty. */
function binRanges({ confidence, bins }: PreparedRows): BinRange[] {
  const edges = binEdges(bins);
  const ranges: BinRange[] = [];
  for (let start = 0, end = 0; start < confidence.length; start = end) {
    const bin = binIndex(confidence[start], edges);
    do end++; while (
      end < confidence.length && binIndex(confidence[end], edges) === bin
    );
    ranges.push({ start, end });
  }
  return ranges;
}
