import { stream } from "../../random.ts";
import type { BestEpsilonRecord } from "./best_epsilon_run.ts";
import { EPSILON_AXIS, PROBABILITY_GROUPS } from "../study_numbers.ts";
import type { DatasetRecord } from "../store.ts";

/** A group of test points with similar true-class probability. */
export interface BestEpsilonPoint {
  /** Mean Bayes posterior of the true class. */
  readonly trueClassProbability: number;
  /** Number of points over all data sets. */
  readonly count: number;
  /** The epsilon with the smallest mean distance from the posterior. */
  readonly epsilon: number;
  /** Lower end of the middle 95 % over resampled data sets. */
  readonly low: number;
  /** Upper end of the middle 95 %. */
  readonly high: number;
  /** The epsilon whose mean prediction is closest to the mean posterior. */
  readonly epsilonOfMeans: number;
}

/** Smallest share of all points that forms a group. */
const MIN_SHARE = 1 / 500;
const RESAMPLES = 200;

/**
 * Returns the points of Fig. 6: the best epsilon by true-class probability. The
 * best epsilon minimises the mean distance between the network's true-class
 * probability and the Bayes posterior's; its interval comes from resampling
 * data sets.
 */
export function summariseBestEpsilon(
  records: readonly DatasetRecord<"fig-6">[],
): BestEpsilonPoint[] {
  return bestEpsilons(records).points;
}

/**
 * Returns the points of Fig. 6, with the best epsilons by group of each
 * resample.
 */
export function bestEpsilons(records: readonly DatasetRecord<"fig-6">[]): {
  readonly points: BestEpsilonPoint[];
  readonly resampled: Pick<
    BestEpsilonPoint,
    "trueClassProbability" | "epsilon"
  >[][];
} {
  const results = records.map(({ result }) => result);
  const all = total(results, ({ counts }) => sum(counts));
  const groups = Array.from({ length: PROBABILITY_GROUPS }, (_, group) => group)
    .filter((group) =>
      total(results, ({ counts }) => counts[group]) >= MIN_SHARE * all
    );
  const random = stream(1, "fig-6/resamples");
  const resampled = Array.from({ length: RESAMPLES }, () => {
    const some = results.map(() => results[random.integer(results.length)]);
    return groups.map((group) => bestOf(some, group));
  });
  const points = groups.map((group, index) => {
    const truth = total(results, ({ truth }) => truth[group]);
    return {
      ...bestOf(results, group),
      count: total(results, ({ counts }) => counts[group]),
      ...middleOf(resampled.map((best) => best[index].epsilon)),
      epsilonOfMeans: smallest((e) =>
        Math.abs(total(results, ({ predicted }) => predicted[e][group]) - truth)
      ),
    };
  });
  return { points, resampled };
}

/** Returns the ends of the middle 95 % of values. */
export function middleOf(
  values: readonly number[],
): { readonly low: number; readonly high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    low: sorted[Math.floor(0.025 * sorted.length)],
    high: sorted[Math.ceil(0.975 * sorted.length) - 1],
  };
}

function bestOf(records: readonly BestEpsilonRecord[], group: number) {
  const truth = total(records, ({ truth }) => truth[group]);
  const count = total(records, ({ counts }) => counts[group]);
  return {
    trueClassProbability: truth / count,
    epsilon: smallest((e) =>
      total(records, ({ distance }) => distance[e][group])
    ),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function total(
  records: readonly BestEpsilonRecord[],
  value: (record: BestEpsilonRecord) => number,
): number {
  return records.reduce((sum, record) => sum + value(record), 0);
}

/** Returns the epsilon of the axis whose index gives the smallest value. */
function smallest(value: (index: number) => number): number {
  const values = EPSILON_AXIS.map((_, index) => value(index));
  return EPSILON_AXIS[values.indexOf(Math.min(...values))];
}
