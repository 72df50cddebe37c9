import type { PlainMatrix } from "../matrix_kinds.ts";
import { storedPrecision } from "./stored_precision.ts";

/** What rows that are no logits may be. */
export type LikelyKind = "probabilities" | "percentages" | "sigmoid" | "votes";

/** A kind that most rows look like. */
export interface Likeness {
  /** What most rows look like. */
  readonly kind: LikelyKind;
  /** How many rows look like it. */
  readonly rows: number;
}

/** Accepted error of a row's sum relative to 1; that of bfloat16 is larger. */
const SUM_TOLERANCE = 2e-3;
/** Largest accepted error of a sum of numbers that are rounded to few decimals. */
const ROUNDED_TOLERANCE = 0.05;
/** Decimals of rounded numbers. */
const FEW = 1e3;
/** Share of rows that must look like values of a sigmoid or like votes. */
const MOST = 0.9;
/** Rows from which whole numbers are taken for votes. */
const FEWEST_VOTES = 5;

/**
 * What rows look like if they do not look like logits, however few differ from the rest.
 *
 * - probabilities: at least half of the rows have no number below 0 and sum to 1, also
 *   after rounding to two or three decimals;
 * - percentages: likewise with a sum of 100;
 * - votes: nine in ten rows, of five or more, have whole numbers of at least 0, and the
 *   same sum, unless they are stored as whole numbers;
 * - sigmoid: nine in ten rows have all numbers in [0, 1].
 *
 * @param rows `[n, classes]`
 * @param options `areWhole`: whether they are stored as whole numbers (`false`)
 * @returns undefined for rows that look like logits
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { likelyKind, matrixOf } from "@ils/label-smoothing/logits";
 * const rows = matrixOf([[0.9, 0.1], [0.25, 0.75], [0.5, 0.9]]);
 * deepStrictEqual(likelyKind(rows), { kind: "probabilities", rows: 2 });
 * deepStrictEqual(likelyKind(matrixOf([[2, -1], [0, 3]])), undefined);
 * ```
 */
export function likelyKind(
  rows: PlainMatrix,
  options: { readonly areWhole?: boolean } = {},
): Likeness | undefined {
  const { data, rows: n, columns } = rows;
  const counts = { probabilities: 0, percentages: 0, sigmoid: 0 };
  const wholeSums = new Map<number, number>();
  const tolerance = Math.max(SUM_TOLERANCE, storedPrecision(rows));
  for (let start = 0; start < n * columns; start += columns) {
    let least = Infinity;
    let most = -Infinity;
    let sum = 0;
    let areWhole = true;
    for (let at = start; at < start + columns; at++) {
      const value = data[at];
      // NaN makes the sum NaN, which fits no kind.
      if (value < least) least = value;
      if (value > most) most = value;
      sum += value;
      if (areWhole && value !== Math.floor(value)) areWhole = false;
    }
    if (!(least >= 0 && most > 0)) continue;
    if (areWhole) wholeSums.set(sum, (wholeSums.get(sum) ?? 0) + 1);
    if (most <= 1 + SUM_TOLERANCE) counts.sigmoid++;
    if (columns < 2) continue;
    const values = () => data.subarray(start, start + columns);
    const sumsTo = (total: number) =>
      Math.abs(sum / total - 1) <= tolerance ||
      wasRounded(total, sum, values);
    if (sumsTo(1)) counts.probabilities++;
    if (sumsTo(100)) counts.percentages++;
  }
  for (const kind of ["probabilities", "percentages"] as const) {
    if (2 * counts[kind] >= n) return { kind, rows: counts[kind] };
  }
  const votes = options.areWhole
    ? [...wholeSums.values()].reduce((a, b) => a + b, 0)
    : Math.max(0, ...wholeSums.values());
  if (n >= FEWEST_VOTES && columns > 1 && isMost(votes, n)) {
    return { kind: "votes", rows: votes };
  }
  return isMost(counts.sigmoid, n)
    ? { kind: "sigmoid", rows: counts.sigmoid }
    : undefined;
}

/** Nine in ten rows, or all but one of five or more. */
function isMost(count: number, rows: number): boolean {
  return count >= MOST * rows || (rows >= 5 && count === rows - 1);
}

/** Whether a row would sum to a total without rounding to few decimals. */
function wasRounded(
  total: number,
  sum: number,
  valuesOf: () => Float32Array | Float64Array,
): boolean {
  const error = Math.abs(sum / total - 1);
  if (!(error <= ROUNDED_TOLERANCE)) return false;
  const values = valuesOf();
  return error <= values.length * 0.005 &&
    values.every((value) => isRounded(value / total));
}

/** Whether a number has at most three decimals; in float32 they are not exact. */
function isRounded(value: number): boolean {
  const scaled = value * FEW;
  return Math.abs(scaled - Math.round(scaled)) < 1e-4;
}
