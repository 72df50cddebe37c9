import type { Random } from "../../random.ts";
import { type ConformalVariant, rankScore } from "./conformal_method.ts";
import type { RankedRows } from "./ranked_rows.ts";

/**
 * Accepted excess over a threshold. The probabilities of all classes sum to 1 but for
 * rounding, which must not decide whether the last class belongs to a set.
 */
const ROUNDING = 1e-9;

/** The random numbers of rows `[n]`: zeros for a variant without randomisation. */
export function rowUniforms(
  { randomised = false }: ConformalVariant,
  rows: number,
  random: Random,
): Float64Array {
  return Float64Array.from(
    { length: rows },
    () => randomised ? random.uniform() : 0,
  );
}

/** The nonconformity scores of the labels `[n]`. */
export function labelScores(
  { sorted, classes, ranks }: RankedRows,
  variant: ConformalVariant,
  uniforms: Float64Array,
): Float64Array {
  return Float64Array.from(ranks, (rank, i) => {
    let sum = 0;
    for (let r = 0; r <= rank; r++) sum += sorted[i * classes + r];
    const own = sorted[i * classes + rank];
    return rankScore(variant, own, sum, rank, uniforms[i]);
  });
}

/**
 * The threshold of scores at which sets contain the label of a further row with at
 * least this probability: the score at position `ceil((n + 1) coverage)` of n.
 *
 * @returns Infinity if there are too few rows; sets then contain all classes
 */
export function scoreThreshold(scores: Float64Array, coverage: number): number {
  const position = Math.ceil((scores.length + 1) * coverage * (1 - 1e-12));
  return position > scores.length ? Infinity : scores.toSorted()[position - 1];
}

/** The numbers of classes `[n]` whose score is at most the threshold. */
export function setSizes(
  { sorted, classes, ranks }: RankedRows,
  variant: ConformalVariant,
  uniforms: Float64Array,
  threshold: number,
): Int32Array {
  const limit = threshold + ROUNDING;
  return ranks.map((_, i) => {
    let sum = 0;
    for (let rank = 0; rank < classes; rank++) {
      const own = sorted[i * classes + rank];
      sum += own;
      if (rankScore(variant, own, sum, rank, uniforms[i]) > limit) {
        return rank;
      }
    }
    return classes;
  });
}
