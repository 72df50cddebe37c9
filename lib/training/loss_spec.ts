import { BadInput } from "../bad_input.ts";
import { checkKeys, checkUsed, namedSpec } from "../named_spec.ts";
import { checkSetting, type NumberRule } from "../setting_rules.ts";

/**
 * A loss on hard labels, with its numbers. Unlike a method that makes targets
 * it needs no teacher, and what it asks of a sample may change as the network
 * does.
 */
export type LossSpec =
  | { readonly name: "bootstrap-soft"; readonly bootstrapBeta: number }
  | {
    readonly name: "beta";
    readonly betaA: number;
    readonly betaWeight: number;
    readonly emaDecay: number;
  }
  | { readonly name: "focal"; readonly focalGamma: number }
  | { readonly name: "flsd-53" | "brier" }
  | {
    readonly name: "mbls";
    readonly mblsAlpha: number;
    readonly mblsMargin: number;
  }
  | { readonly name: "confidence-penalty"; readonly penaltyWeight: number };

/** A loss's name. */
export type LossName = LossSpec["name"];

const UNIT = { low: 0, high: 1 };
const NOT_NEGATIVE = { low: 0, high: Infinity, highOpen: true };

/** The losses' numbers; in a search one without a grid has its default. */
export const LOSS_NUMBERS = {
  focalGamma: {
    type: "number",
    range: NOT_NEGATIVE,
    help: "focal: exponent of 1 - p_t; 0 is the cross-entropy",
  },
  mblsAlpha: {
    type: "number",
    range: NOT_NEGATIVE,
    help: "mbls: weight of the distances beyond the margin",
    plainAtZero: true,
  },
  mblsMargin: {
    type: "number",
    range: NOT_NEGATIVE,
    help: "mbls: how far a logit may stay below the largest one",
  },
  penaltyWeight: {
    type: "number",
    range: NOT_NEGATIVE,
    help: "confidence-penalty: weight of the entropy",
  },
  bootstrapBeta: {
    type: "number",
    range: UNIT,
    help: "bootstrap-soft: weight of the label beside the network's prediction",
  },
  betaA: {
    type: "number",
    range: { ...NOT_NEGATIVE, lowOpen: true },
    help: "beta: a of the distribution Beta(a, 1) of what the true class keeps",
  },
  betaWeight: {
    type: "number",
    range: UNIT,
    help: "beta: weight of the smoothed label beside the plain one",
    plainAtZero: true,
  },
  emaDecay: {
    type: "number",
    range: { ...UNIT, highOpen: true },
    help: "beta: decay of the moving average of the network",
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

/** The numbers of all losses together; each takes some. */
export type LossNumbers = {
  readonly [Name in keyof typeof LOSS_NUMBERS]?: number | undefined;
};

/** What each loss takes, with its value unless given. */
const TAKES: {
  readonly [Name in LossName]: Omit<LossSpec & { readonly name: Name }, "name">;
} = {
  "bootstrap-soft": { bootstrapBeta: 0.95 },
  "beta": { betaA: 3, betaWeight: 0.6, emaDecay: 0.999 },
  "focal": { focalGamma: 3 },
  "flsd-53": {},
  "mbls": { mblsAlpha: 0.1, mblsMargin: 10 },
  "confidence-penalty": { penaltyWeight: 0.1 },
  "brier": {},
};

/** Every loss's name. */
export const LOSS_NAMES = Object.keys(TAKES) as LossName[];

/** True for the name of a loss. */
export function isLossName(name: string): name is LossName {
  return Object.hasOwn(TAKES, name);
}

/** The numbers that a loss takes, with their defaults. */
export function lossNumbers(name: LossName): LossNumbers {
  return TAKES[name];
}

/**
 * A loss from its name and numbers, checked; a number that is not given has its
 * default.
 *
 * @param given a number that the loss does not use is an error
 * @throws {BadInput} if a number is wrong
 */
export function parseLoss(name: LossName, given: LossNumbers): LossSpec {
  checkUsed(name, TAKES[name], given);
  const sources = [given, TAKES[name]];
  const spec = namedSpec(name, TAKES[name], sources) as LossSpec;
  checkLoss(spec);
  return spec;
}

/**
 * @throws {BadInput} if there is no loss of that name, or if a key is unknown
 * or missing, or out of its range
 */
export function checkLoss(loss: LossSpec): void {
  if (!isLossName(loss.name)) {
    throw new BadInput(
      `Loss must be one of ${LOSS_NAMES.join(", ")}: current value is ${
        (loss as LossSpec).name
      }`,
    );
  }
  checkKeys(loss, TAKES[loss.name]);
  const { name, ...numbers } = loss;
  for (const [key, value] of Object.entries(numbers)) {
    const rule = LOSS_NUMBERS[key as keyof typeof LOSS_NUMBERS];
    checkSetting(`Cannot train by ${name} as ${key}`, value, rule);
  }
}
