import { debiasedSquare } from "../binary_error.ts";
import type { PreparedRows, Weights } from "./prepared_rows.ts";

/** Errors of the predicted class in bins of equal numbers of rows. */
export function massScores(
  rows: PreparedRows,
): (weights: Weights) => Record<"adaptiveEce" | "debiasedEce", number> {
  return (weights) => {
    const n = weights.byConfidence.length;
    let total = 0;
    let squares = 0;
    eachBin(rows, weights, (count, hits, probability) => {
      const gap = Math.abs(hits - probability);
      total += gap;
      squares += count * debiasedSquare(gap / count, count, hits);
    });
    return {
      adaptiveEce: total / n,
      debiasedEce: Math.sqrt(Math.max(0, squares / n)),
    };
  };
}

/** Cuts the weighted rows into bins; a row that counts often may be in several. */
function eachBin(
  { bins, confidence, correct }: PreparedRows,
  { byConfidence }: Weights,
  visit: (count: number, hits: number, probability: number) => void,
): void {
  const n = byConfidence.length;
  let i = 0;
  let left = byConfidence[0];
  for (let b = 0; b < Math.min(bins, n); b++) {
    const count = Math.floor(n / bins) + (b < n % bins ? 1 : 0);
    let missing = count;
    let hits = 0;
    let probability = 0;
    while (missing > 0) {
      while (left === 0) left = byConfidence[++i];
      const taken = Math.min(left, missing);
      hits += taken * correct[i];
      probability += taken * confidence[i];
      left -= taken;
      missing -= taken;
    }
    visit(count, hits, probability);
  }
}
