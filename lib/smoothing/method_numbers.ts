import type { NumberRule, SettingRule } from "../setting_rules.ts";

const UNIT = { low: 0, high: 1 };
const BELOW_ONE = { ...UNIT, highOpen: true };
const POSITIVE = { low: 0, high: Infinity, lowOpen: true, highOpen: true };

/**
 * Rules of the methods' numbers: ranges, defaults, help texts and search grids.
 * Numbers without a default are required by `parseMethod()`. The grids are those
 * of the published study's image data (its Appendix C), except for shrink and
 * lambda, which it lacks.
 */
export const METHOD_NUMBERS = {
  epsilon: {
    type: "number",
    range: BELOW_ONE,
    help: "mass taken from the true class, in [0, 1)",
    placeholder: "E",
    grid: [0.01, 0.05, 0.1, 0.15, 0.2],
    plainAtZero: true,
  },
  temperature: {
    type: "number",
    range: POSITIVE,
    default: 1,
    help: "divides the teacher's logits",
    placeholder: "T",
    grid: [1, 2, 4, 8, 16],
  },
  p1: {
    type: "number",
    range: UNIT,
    help:
      "ils1, ilsq, ils-shrunk: teacher probability P1 at which nothing is " +
      "smoothed",
    title: "P1",
    grid: [0.975, 0.95, 0.925, 0.9, 0.85],
  },
  p2: {
    type: "number",
    range: { ...POSITIVE, lowOpen: false },
    help: "ils1, ilsq, ils-shrunk: factor P2 of the amount P2 (p - P1)^2",
    title: "P2",
    grid: [0.75, 1, 1.25, 1.5, 2],
    plainAtZero: true,
  },
  maxEpsilon: {
    type: "number",
    range: BELOW_ONE,
    default: 0.2,
    help: "ils1, ilsq, ils-shrunk: upper limit of that amount",
    placeholder: "E",
    title: "largest epsilon",
    plainAtZero: true,
  },
  shrink: {
    type: "number",
    range: UNIT,
    default: 0.5,
    help: "ils-shrunk: weight of the instance against the mean of its class; " +
      "its amount is epsilon, or P1 and P2",
    placeholder: "S",
    grid: [0, 0.5, 1],
  },
  lambda: {
    type: "number",
    range: UNIT,
    help: "mix, self-distillation: weight of the teacher against the label; " +
      "1 uses the teacher alone",
    grid: [0.1, 0.3, 0.5, 0.7, 0.9, 1],
    plainAtZero: true,
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

/** Rule of the teacher's scores. */
export const SCORES = {
  type: "choice",
  choices: ["probabilities", "shifted-logits"],
  default: "probabilities",
  help: "ils, ils-*: the teacher's scores that give amount and shape",
  placeholder: "S",
} as const satisfies SettingRule;

/** Settings of all methods; each method uses some of them. */
export type MethodNumbers =
  & {
    readonly [Name in keyof typeof METHOD_NUMBERS]?: number | undefined;
  }
  & { readonly scores?: string | undefined };
