/**
 * Amounts: the probability mass that leaves the true class. Each rule is a function
 * of one instance, with a wrapper that applies it to the samples of a method.
 */
import { logSoftmaxRow } from "../logits/softmax.ts";
import { row } from "../matrix.ts";
import { probability, type ScoresOptions, trueShare } from "./scores.ts";
import type { TargetsOptions } from "./targets_options.ts";

/** Options of `quadraticAmount()`. */
export interface QuadraticOptions {
  /** P1: the probability of the true class at which the amount is 0, in [0, 1]. */
  readonly p1: number;
  /** P2: coefficient of the squared distance to P1, at least 0. */
  readonly p2: number;
  /** Upper limit of the amount, in [0, 1). */
  readonly maxEpsilon: number;
}

/** `epsilon * p`: the more confident the teacher, the larger the amount. */
export function proportionalAmount(
  epsilon: number,
  trueProbability: number,
): number {
  return epsilon * trueProbability;
}

/** `epsilon * (1 - p)`: the less confident the teacher, the larger the amount. */
export function inverseAmount(
  epsilon: number,
  trueProbability: number,
): number {
  return epsilon * (1 - trueProbability);
}

/**
 * `lambda * (1 - p)`: the amount of a mixture of the label with the teacher's
 * distribution, which has weight lambda.
 *
 * @param logTrueProbability log p, at most 0; from it `1 - p` is exact even if p
 * rounds to 1
 */
export function mixtureAmount(
  lambda: number,
  logTrueProbability: number,
): number {
  // Subtracted from 0, as -expm1(0) would be a negative zero.
  return lambda * (0 - Math.expm1(logTrueProbability));
}

/**
 * `min(maxEpsilon, P2 (p - P1)^2)`: 0 if the teacher gives the true class the
 * probability P1, and larger on either side.
 *
 * @param trueProbability p of the temperature-scaled teacher, in [0, 1]
 */
export function quadraticAmount(
  trueProbability: number,
  { p1, p2, maxEpsilon }: QuadraticOptions,
): number {
  return Math.min(maxEpsilon, p2 * (trueProbability - p1) ** 2);
}

/** A function from a method's settings and samples to the amount of sample i. */
export type Amounts<Settings> = (
  settings: Settings,
  samples: TargetsOptions,
) => (i: number) => number;

/** Always 0. */
export const noAmounts: Amounts<unknown> = () => () => 0;

/** `epsilon` for every sample. */
export const constantAmounts: Amounts<{ readonly epsilon: number }> =
  ({ epsilon }) => () => epsilon;

/** `proportionalAmount()` of the teacher's score for the true class. */
export const proportionalAmounts = scoredAmounts(proportionalAmount);

/** `inverseAmount()` of the teacher's score for the true class. */
export const inverseAmounts = scoredAmounts(inverseAmount);

/** `mixtureAmount()` of the teacher's probability for the true class. */
export const mixtureAmounts: Amounts<
  { readonly lambda: number; readonly temperature: number }
> = ({ lambda, temperature }, { labels, teacher }) => (i) => {
  const logs = logSoftmaxRow(row(teacher!.logits, i), temperature);
  return mixtureAmount(lambda, logs[labels[i]]);
};

/**
 * `quadraticAmount()` of the teacher's probability for the true class, at the
 * teacher's fitted temperature.
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

/** `constantAmounts()` with an epsilon, `quadraticAmounts()` with P1 and P2. */
export const constantOrQuadraticAmounts: Amounts<
  { readonly epsilon: number } | QuadraticOptions
> = (settings, samples) =>
  "epsilon" in settings
    ? constantAmounts(settings, samples)
    : quadraticAmounts(settings, samples);

/** Applies an amount to the teacher's score; 0 if all its scores are equal. */
function scoredAmounts(
  amount: (epsilon: number, share: number) => number,
): Amounts<ScoresOptions & { readonly epsilon: number }> {
  return (settings, { labels, teacher }) => (i) => {
    const share = trueShare(row(teacher!.logits, i), labels[i], settings);
    return share === undefined ? 0 : amount(settings.epsilon, share);
  };
}
