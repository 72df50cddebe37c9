import {
  mean,
  pairedDifference,
  sampleStandardDeviation,
} from "../../statistics/summary.ts";
import { wilcoxonSignedRank } from "../../statistics/wilcoxon.ts";
import {
  type BestEpsilonPoint,
  bestEpsilons,
  middleOf,
} from "./best_epsilon_summary.ts";
import { type ClaimResult, verdictOf } from "../table/claims.ts";
import { PUBLISHED_BEST_EPSILON, PUBLISHED_SURFACE } from "../published.ts";
import type { DatasetRecord } from "../store.ts";

/** True-class probabilities around the quadratic's minimum, and near 1. */
const MIDDLE = [0.75, 0.85] as const;
const SURE = [0.95, 1] as const;

/**
 * Judges the claim of Fig. 6 that the best epsilon is larger for a true-class
 * probability near 1 than near 0.8. The interval is the middle 95 % over
 * resampled data sets.
 *
 * @param records at least two data sets
 */
export function judgeBestEpsilon(
  records: readonly DatasetRecord<"fig-6">[],
): ClaimResult[] {
  const rise = (points: readonly Point[]) =>
    meanWithin(points, SURE) - meanWithin(points, MIDDLE);
  const { points, resampled } = bestEpsilons(records);
  const rises = resampled.map(rise);
  const { low, high } = middleOf(rises);
  const published = rise(PUBLISHED_BEST_EPSILON);
  return [{
    claim: "Best epsilon rises from p = 0.8 to 1",
    score: "epsilon",
    published,
    difference: rise(points),
    standardError: sampleStandardDeviation(rises),
    low,
    high,
    pValue: null,
    ...verdictOf(published, { low, high }),
  }];
}

type Point = Pick<BestEpsilonPoint, "trueClassProbability" | "epsilon">;

function meanWithin(
  points: readonly Point[],
  [low, high]: readonly [number, number],
): number {
  const inside = points.filter(({ trueClassProbability: p }) =>
    p >= low && p <= high
  );
  return mean(inside.map(({ epsilon }) => epsilon));
}

/** Cells (P1, P2) of Fig. 11 that the study's text compares. */
const BEST = [0.8, 2] as const;
const OTHERS = [
  { claim: "P1 0.7, P2 10 is worse than 0.8, 2", cell: [0.7, 10] },
  { claim: "P1 0.975, P2 4 is worse than 0.8, 2", cell: [0.975, 4] },
] as const;

/**
 * Judges the claim of Fig. 11 that log loss rises on either side of P1 = 0.8,
 * P2 = 2.
 *
 * @param records at least two data sets
 */
export function judgeSurface(
  records: readonly DatasetRecord<"fig-11">[],
): ClaimResult[] {
  const ours = ([p1, p2]: Cell) =>
    records.map(({ result }) => cellOf(result.logLoss, [p1, p2]));
  return OTHERS.map(({ claim, cell }) => {
    const pair = pairedDifference(ours(cell), ours(BEST));
    const published = cellOf(PUBLISHED_SURFACE.logLoss, cell) -
      cellOf(PUBLISHED_SURFACE.logLoss, BEST);
    const { mean: difference, standardError, low, high } = pair;
    return {
      claim,
      score: "logLoss",
      published,
      difference,
      standardError,
      low,
      high,
      pValue: wilcoxonSignedRank(ours(cell), ours(BEST)).pValue,
      ...verdictOf(published, { low, high }),
    };
  });
}

type Cell = readonly [p1: number, p2: number];

function cellOf(
  values: readonly (readonly number[])[],
  [p1, p2]: Cell,
): number {
  const { p1: rows, p2: columns } = PUBLISHED_SURFACE;
  return values[rows.indexOf(p1)][columns.indexOf(p2)];
}
