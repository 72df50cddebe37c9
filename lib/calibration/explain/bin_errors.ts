import { debiasedSquare } from "../binary_error.ts";
import type { BinSums } from "../bins.ts";

/** How the gaps of bins become one number. */
export type ErrorKind =
  | "mean"
  | "max"
  | "unweighted"
  | "unweightedAll"
  | "root"
  | "square"
  | "debiased"
  | "over"
  | "under";

/** Each kind in words, and how unusual it is. */
export const ERROR_KINDS: Readonly<
  Record<ErrorKind, { readonly text: string; readonly departures: number }>
> = {
  mean: { text: "ECE", departures: 0 },
  max: { text: "MCE", departures: 0 },
  unweighted: { text: "ACE (mean over filled bins)", departures: 1 },
  unweightedAll: { text: "ACE (mean over all bins)", departures: 2 },
  root: { text: "RMS calibration error", departures: 1 },
  square: { text: "mean square calibration error", departures: 2 },
  debiased: { text: "debiased L2 error", departures: 2 },
  over: { text: "overconfident part of the ECE", departures: 2 },
  under: { text: "underconfident part of the ECE", departures: 2 },
};

/**
 * The errors of one binning by each kind: the gap of a bin is |accuracy - mean
 * probability|, `mean` weights it by rows.
 */
export function binErrors(
  { count, probability, hits }: BinSums,
): Record<ErrorKind, number> {
  let [rows, filled, over, under, squares] = [0, 0, 0, 0, 0];
  let [debiased, gaps, max] = [0, 0, 0];
  for (let b = 0; b < count.length; b++) {
    if (count[b] === 0) continue;
    const excess = probability[b] - hits[b];
    const gap = Math.abs(excess) / count[b];
    rows += count[b];
    filled++;
    if (excess > 0) over += excess;
    else under -= excess;
    squares += count[b] * gap ** 2;
    debiased += count[b] * debiasedSquare(gap, count[b], hits[b]);
    gaps += gap;
    max = Math.max(max, gap);
  }
  return {
    mean: (over + under) / rows,
    max,
    unweighted: gaps / filled,
    unweightedAll: gaps / count.length,
    root: Math.sqrt(squares / rows),
    square: squares / rows,
    debiased: Math.sqrt(Math.max(0, debiased / rows)),
    over: over / rows,
    under: under / rows,
  };
}
