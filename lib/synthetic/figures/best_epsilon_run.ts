import { labelProbabilities } from "../../calibration/scores.ts";
import { bayesLogits } from "../circles.ts";
import { softmax } from "../../logits/softmax.ts";
import { trainPlans } from "../candidate.ts";
import { EPSILON_AXIS, PROBABILITY_GROUPS } from "../study_numbers.ts";
import { type Laboratory, type Work, workOf } from "../laboratory.ts";

/** One data set of Fig. 6: how far each epsilon is from the truth, by group. */
export interface BestEpsilonRecord extends Work {
  /** `[groups]`, test points whose true class has a probability in the group. */
  readonly counts: readonly number[];
  /** `[groups]`, the sum of those probabilities. */
  readonly truth: readonly number[];
  /** `[epsilons][groups]`, sums of what a network gives to the true class. */
  readonly predicted: readonly (readonly number[])[];
  /** `[epsilons][groups]`, sums of its distance from the true probability. */
  readonly distance: readonly (readonly number[])[];
}

/**
 * Trains a network by standard smoothing for each epsilon, and compares what it
 * gives to the true class of the test points with the Bayes posterior, in
 * groups of points where that is similar.
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
  const said = laboratory.ask(networks, "test")
    .map((logits) => labelProbabilities(softmax(logits), test.labels));
  return {
    ...workOf(networks),
    counts: sums(() => 1),
    truth: sums((i) => truth[i]),
    predicted: said.map((p) => sums((i) => p[i])),
    distance: said.map((p) => sums((i) => Math.abs(p[i] - truth[i]))),
  };
}
