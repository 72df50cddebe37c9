import { stream } from "../../random.ts";
import type { BestEpsilonRecord } from "./best_epsilon_run.ts";
import { EPSILON_AXIS, PROBABILITY_GROUPS } from "../study_numbers.ts";
import type { DatasetRecord } from "../store.ts";

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

/** Share of all points; fewer make no group. */
const LEAST_SHARE = 1 / 500;
const RESAMPLES = 200;

/**
 * Fig. 6: the best epsilon by true-class probability. Which is best is decided
 * by the mean distance of a network's true-class probability from the Bayes
 * posterior's; how sure that is by resampling data sets.
 */
export function summariseBestEpsilon(
  records: readonly DatasetRecord<"fig-6">[],
): BestEpsilonPoint[] {
  return bestEpsilons(records).points;
}

/** The same, with each resample's best epsilons by group. */
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
      total(results, ({ counts }) => counts[group]) >= LEAST_SHARE * all
    );
  const random = stream(1, "fig-6/resamples");
  const resampled = Array.from({ length: RESAMPLES }, () => {
    const some = results.map(() => results[random.integer(results.length)]);
    return groups.map((group) => bestOf(some, group));
  });
  const points = groups.map((group, place) => {
    const truth = total(results, ({ truth }) => truth[group]);
    return {
      ...bestOf(results, group),
      count: total(results, ({ counts }) => counts[group]),
      ...middleOf(resampled.map((best) => best[place].epsilon)),
      epsilonOfMeans: smallest((e) =>
        Math.abs(total(results, ({ predicted }) => predicted[e][group]) - truth)
      ),
    };
  });
  return { points, resampled };
}

/** Ends of the middle 95 % of values. */
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

/** The epsilon of the axis whose place gives the smallest value. */
function smallest(value: (place: number) => number): number {
  const values = EPSILON_AXIS.map((_, place) => value(place));
  return EPSILON_AXIS[values.indexOf(Math.min(...values))];
}
