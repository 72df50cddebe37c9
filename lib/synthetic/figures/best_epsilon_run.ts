import { labelProbabilities } from "../../calibration/scores.ts";
import { bayesLogits } from "../circles.ts";
import { softmax } from "../../logits/softmax.ts";
import { trainPlans } from "../candidate.ts";
import { EPSILON_AXIS, PROBABILITY_GROUPS } from "../study_numbers.ts";
import { type Laboratory, type Work, workOf } from "../laboratory.ts";

/**
 * Result of Fig. 6 on one data set: distance of each epsilon from the
 * posterior, by group.
 */
export interface BestEpsilonRecord extends Work {
  /**
   * `[groups]`, number of test points whose true-class probability is in the
   * group.
   */
  readonly counts: readonly number[];
  /** `[groups]`, sums of those probabilities. */
  readonly truth: readonly number[];
  /** `[epsilons][groups]`, sums of the network's true-class probabilities. */
  readonly predicted: readonly (readonly number[])[];
  /** `[epsilons][groups]`, sums of their distances from the Bayes posterior. */
  readonly distance: readonly (readonly number[])[];
}

/**
 * Trains a network by standard smoothing for each epsilon, and compares its
 * true-class probabilities on the test points with the Bayes posterior, in
 * groups of points with similar posterior.
 */
export function runBestEpsilon(laboratory: Laboratory): BestEpsilonRecord {
  const { data: { layout, test } } = laboratory;
  const truth = labelProbabilities(
    softmax(bayesLogits(layout, test.points)),
    test.labels,
  );
  const groups = truth.map((p) =>
    Math.min(Math.floor(p * PROBABILITY_GROUPS), PROBABILITY_GROUPS - 1)
  );
  const sums = (value: (i: number) => number) => {
    const total = new Array<number>(PROBABILITY_GROUPS).fill(0);
    groups.forEach((group, i) => total[group] += value(i));
    return total;
  };
  const plans = EPSILON_AXIS.map((epsilon) => ({
    name: `fig-6/${epsilon}`,
    method: { name: "ls", epsilon } as const,
  }));
  const networks = trainPlans(laboratory, plans)
    .map(({ network }) => network);
  const probabilities = laboratory.predict(networks, "test")
    .map((logits) => labelProbabilities(softmax(logits), test.labels));
  return {
    ...workOf(networks),
    counts: sums(() => 1),
    truth: sums((i) => truth[i]),
    predicted: probabilities.map((p) => sums((i) => p[i])),
    distance: probabilities.map((p) => sums((i) => Math.abs(p[i] - truth[i]))),
  };
}
