import { stream } from "../../random.ts";
import {
  type BestEpsilonRecord,
  EPSILON_AXIS,
  PROBABILITY_GROUPS,
} from "./best_epsilon_run.ts";
import type { DatasetRecord } from "./synthetic_store.ts";

/** A group of test points whose true class is about equally likely. */
export interface BestEpsilonPoint {
  /** Mean probability of the true class, by the Bayes posterior. */
  readonly trueClassProbability: number;
  /** Points of all data sets. */
  readonly count: number;
  /** The epsilon whose networks are nearest to the posterior, in the mean. */
  readonly epsilon: number;
  /** Ends of the middle 95 % over resampled data sets. */
  readonly low: number;
  readonly high: number;
  /** The epsilon whose networks' mean is nearest to the posterior's mean. */
  readonly epsilonOfMeans: number;
}

/** Fewer points make no group. */
const LEAST_POINTS = 200;
const RESAMPLES = 200;

/**
 * Fig. 6: the best epsilon by true-class probability. Which is best is decided
 * by the mean distance of a network's true-class probability from the Bayes
 * posterior's; how sure that is by resampling data sets.
 */
export function summariseBestEpsilon(
  records: readonly DatasetRecord<"fig-6">[],
): BestEpsilonPoint[] {
  const results = records.map(({ result }) => result);
  const random = stream(1, "fig-6/resamples");
  const resamples = Array.from(
    { length: RESAMPLES },
    () => results.map(() => results[random.integer(results.length)]),
  );
  return Array.from({ length: PROBABILITY_GROUPS }, (_, group) => {
    const count = total(results, ({ counts }) => counts[group]);
    const truth = total(results, ({ truth }) => truth[group]);
    const nearest = (some: readonly BestEpsilonRecord[]) =>
      smallest((e) => total(some, ({ distance }) => distance[e][group]));
    const bests = resamples.map(nearest).sort((a, b) => a - b);
    return {
      trueClassProbability: truth / count,
      count,
      epsilon: nearest(results),
      low: bests[Math.floor(0.025 * RESAMPLES)],
      high: bests[Math.ceil(0.975 * RESAMPLES) - 1],
      epsilonOfMeans: smallest((e) =>
        Math.abs(total(results, ({ predicted }) => predicted[e][group]) - truth)
      ),
    };
  }).filter(({ count }) => count >= LEAST_POINTS);
}

function total(
  records: readonly BestEpsilonRecord[],
  value: (record: BestEpsilonRecord) => number,
): number {
  return records.reduce((sum, record) => sum + value(record), 0);
}

/** The epsilon of the axis whose place gives the smallest value. */
function smallest(value: (place: number) => number): number {
  const values = EPSILON_AXIS.map((_, place) => value(place));
  return EPSILON_AXIS[values.indexOf(Math.min(...values))];
}
