/**
 * How much mass leaves the true class: for each rule a function of one
 * instance, and its form for the samples of a method.
 */
import { logSoftmaxRow } from "../logits/softmax.ts";
import { row } from "../matrix.ts";
import { probability, type ScoresOptions, trueShare } from "./scores.ts";
import type { TargetsOptions } from "./targets_options.ts";

/** Options of `quadraticAmount()`. */
export interface QuadraticOptions {
  /** P1: the probability at which nothing is taken, in [0, 1]. */
  readonly p1: number;
  /** P2: how fast the amount grows away from it, at least 0. */
  readonly p2: number;
  /** The largest amount, in [0, 1). */
  readonly maxEpsilon: number;
}

/** `epsilon * p`: the surer the teacher, the more is taken. */
export function proportionalAmount(
  epsilon: number,
  trueProbability: number,
): number {
  return epsilon * trueProbability;
}

/** `epsilon * (1 - p)`: the less sure the teacher, the more is taken. */
export function inverseAmount(
  epsilon: number,
  trueProbability: number,
): number {
  return epsilon * (1 - trueProbability);
}

/**
 * `lambda * (1 - p)`: the true class loses its part of a teacher mixed in with
 * weight lambda.
 *
 * @param logTrueProbability log p, at most 0, from which `1 - p` is exact
 * also where p is all but 1
 */
export function mixtureAmount(
  lambda: number,
  logTrueProbability: number,
): number {
  // From 0, as -expm1(0) would be a negative zero.
  return lambda * (0 - Math.expm1(logTrueProbability));
}

/**
 * `min(maxEpsilon, P2 (p - P1)^2)`: nothing is taken where the teacher gives
 * the true class the probability P1, more on either side.
 *
 * @param trueProbability the temperature-scaled teacher's, in [0, 1]
 */
export function quadraticAmount(
  trueProbability: number,
  { p1, p2, maxEpsilon }: QuadraticOptions,
): number {
  return Math.min(maxEpsilon, p2 * (trueProbability - p1) ** 2);
}

/** Amounts of samples, by the settings of a method. */
export type Amounts<Settings> = (
  settings: Settings,
  samples: TargetsOptions,
) => (i: number) => number;

/** Nothing leaves the true class. */
export const noAmounts: Amounts<unknown> = () => () => 0;

/** The same of each sample: `epsilon`. */
export const constantAmounts: Amounts<{ readonly epsilon: number }> =
  ({ epsilon }) => () => epsilon;

/** `proportionalAmount()` of the teacher's score of the true class. */
export const proportionalAmounts = scoredAmounts(proportionalAmount);

/** `inverseAmount()` of the teacher's score of the true class. */
export const inverseAmounts = scoredAmounts(inverseAmount);

/** `mixtureAmount()` of the teacher's probability of the true class. */
export const mixtureAmounts: Amounts<
  { readonly lambda: number; readonly temperature: number }
> = ({ lambda, temperature }, { labels, teacher }) => (i) => {
  const logs = logSoftmaxRow(row(teacher!.logits, i), temperature);
  return mixtureAmount(lambda, logs[labels[i]]);
};

/**
 * `quadraticAmount()` of the teacher's probability of the true class, by the
 * teacher's own temperature.
 */
export const quadraticAmounts: Amounts<QuadraticOptions> = (
  settings,
  { labels, teacher },
) => {
  const { logits, temperature = 1 } = teacher!;
  return (i) =>
    quadraticAmount(
      probability(row(logits, i), labels[i], temperature),
      settings,
    );
};

/** Nothing is taken where all scores of the teacher are equal. */
function scoredAmounts(
  amount: (epsilon: number, share: number) => number,
): Amounts<ScoresOptions & { readonly epsilon: number }> {
  return (settings, { labels, teacher }) => (i) => {
    const share = trueShare(row(teacher!.logits, i), labels[i], settings);
    return share === undefined ? 0 : amount(settings.epsilon, share);
  };
}
