import { BadInput } from "../bad_input.ts";
import { checkKeys, checkUsed, namedSpec } from "../named_spec.ts";
import { checkSetting, type NumberRule } from "../setting_rules.ts";

/**
 * A loss on hard labels, with its settings. Unlike the methods of `smoothing`, it
 * needs no teacher and its effect on a sample may change during training.
 */
export type LossSpec =
  | {
    readonly name: "bootstrap-soft";
    /** Weight of the label against the network's prediction, in [0, 1]. */
    readonly bootstrapBeta: number;
  }
  | {
    readonly name: "beta";
    /** Parameter of the distribution Beta(a, 1), greater than 0. */
    readonly betaA: number;
    /** Weight of the smoothed label against the hard one, in [0, 1]. */
    readonly betaWeight: number;
    /** Decay of the network's moving average per step, in [0, 1). */
    readonly emaDecay: number;
  }
  | {
    readonly name: "focal";
    /** Exponent of 1 - p_t, at least 0. */
    readonly focalGamma: number;
  }
  | { readonly name: "flsd-53" | "brier" }
  | {
    readonly name: "mbls";
    /** Weight of the penalty, at least 0. */
    readonly mblsAlpha: number;
    /** Distance to the largest logit without penalty, at least 0. */
    readonly mblsMargin: number;
  }
  | {
    readonly name: "confidence-penalty";
    /** Weight of the entropy, at least 0. */
    readonly penaltyWeight: number;
  };

/** The name of a loss. */
export type LossName = LossSpec["name"];

const UNIT = { low: 0, high: 1 };
const NOT_NEGATIVE = { low: 0, high: Infinity, highOpen: true };

/**
 * Rules of the losses' numbers: ranges and help texts. In a search, a number without
 * a grid has its default.
 */
export const LOSS_NUMBERS = {
  focalGamma: {
    type: "number",
    range: NOT_NEGATIVE,
    help: "focal: exponent of 1 - p_t; 0 is plain cross-entropy",
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
    help: "mbls: distance to the largest logit without penalty",
  },
  penaltyWeight: {
    type: "number",
    range: NOT_NEGATIVE,
    help: "confidence-penalty: weight of the entropy",
  },
  bootstrapBeta: {
    type: "number",
    range: UNIT,
    help: "bootstrap-soft: weight of the label against the prediction",
  },
  betaA: {
    type: "number",
    range: { ...NOT_NEGATIVE, lowOpen: true },
    help: "beta: a of the true class's mass, which is drawn from Beta(a, 1)",
  },
  betaWeight: {
    type: "number",
    range: UNIT,
    help: "beta: weight of the smoothed label against the hard one",
    plainAtZero: true,
  },
  emaDecay: {
    type: "number",
    range: { ...UNIT, highOpen: true },
    help: "beta: decay of the network's moving average per step",
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

/** Settings of all losses; each loss uses some of them. */
export type LossNumbers = {
  readonly [Name in keyof typeof LOSS_NUMBERS]?: number | undefined;
};

/** The settings of each loss with their defaults. */
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

/** The names of all losses. */
export const LOSS_NAMES = Object.keys(TAKES) as LossName[];

/** Whether a text is the name of a loss. */
export function isLossName(name: string): name is LossName {
  return Object.hasOwn(TAKES, name);
}

/** The settings of a loss with their defaults. */
export function lossNumbers(name: LossName): LossNumbers {
  return TAKES[name];
}

/**
 * A loss from its name and settings, checked. Missing settings have their defaults.
 *
 * @param name one of `LOSS_NAMES`
 * @param settings only settings that the loss uses
 * @throws {BadInput} if a setting is not used by the loss or outside its range
 *
 * @example
 * ```ts
 * import { deepStrictEqual, throws } from "node:assert/strict";
 * import { parseLoss } from "@ils/label-smoothing/training";
 * deepStrictEqual(parseLoss("focal", {}), { name: "focal", focalGamma: 3 });
 * throws(() => parseLoss("focal", { focalGamma: -1 }), { name: "BadInput" });
 * ```
 */
export function parseLoss(name: LossName, settings: LossNumbers): LossSpec {
  checkUsed(name, TAKES[name], settings);
  const sources = [settings, TAKES[name]];
  const spec = namedSpec(name, TAKES[name], sources) as LossSpec;
  checkLoss(spec);
  return spec;
}

/**
 * Throws unless a loss has exactly its own settings, each within its range.
 *
 * @throws {BadInput} naming the loss or the key that is wrong
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
    checkSetting(`Cannot train with ${name} as ${key}`, value, rule);
  }
}
