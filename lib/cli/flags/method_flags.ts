import type { Objective } from "../../runs/spec.ts";
import type { NumberRule } from "../../setting_rules.ts";
import {
  METHOD_NAMES,
  METHOD_NUMBERS,
  type MethodNumbers,
  type MethodSpec,
  SCORES,
  trainingNumbers,
} from "../../smoothing/method.ts";
import { checkMethodName, parseMethod } from "../../smoothing/parse_method.ts";
import {
  isLossName,
  LOSS_NAMES,
  LOSS_NUMBERS,
  type LossNumbers,
  lossNumbers,
  parseLoss,
} from "../../training/loss_spec.ts";
import { choice, type Flag, optional, type Values } from "./flags.ts";
import { settingKind } from "./setting_flags.ts";

/** A choice of method that makes targets. */
export const methodKind = choice(METHOD_NAMES, {
  placeholder: "M",
  help: "how targets are made",
});

/** A choice of method that a network is trained by: of targets, or a loss. */
export const objectiveKind = choice([...METHOD_NAMES, ...LOSS_NAMES], {
  placeholder: "M",
  help: "how targets are made, or the loss",
});

const scores = optional(settingKind(SCORES));

/** The numbers of the methods, in a command that makes targets. */
export const methodFlags = {
  ...numberFlags(METHOD_NUMBERS, (_, rule) => rule.default),
  scores,
};

/** The numbers of methods and losses, in a command that trains. */
export const objectiveFlags = {
  ...numberFlags(METHOD_NUMBERS, trainingDefault),
  scores,
  ...numberFlags(LOSS_NUMBERS, trainingDefault),
};

function numberFlags<Rules extends Readonly<Record<string, NumberRule>>>(
  rules: Rules,
  defaultOf: (name: string, rule: NumberRule) => number | string | undefined,
): { [Name in keyof Rules]: Flag<number | undefined> } {
  const flags = Object.entries(rules).map(([name, rule]) => {
    const value = defaultOf(name, rule);
    const help = rule.help +
      (value === undefined ? "" : ` (default: ${value})`);
    return [name, optional(settingKind(rule, help))];
  });
  return Object.fromEntries(flags);
}

/** The value of a number in `train`, or of each method where they differ. */
function trainingDefault(number: string): string {
  const found = [
    ...METHOD_NAMES.map((name) => [name, trainingNumbers(name)] as const),
    ...LOSS_NAMES.map((name) => [name, lossNumbers(name)] as const),
  ].flatMap(([name, numbers]) =>
    Object.entries(numbers)
      .filter(([key]) => key === number)
      .map(([, value]) => [name, value] as const)
  );
  const values = new Set(found.map(([, value]) => value));
  if (values.size === 1) return `${[...values][0]}`;
  return found.map(([name, value]) => `${name} ${value}`).join(", ");
}

/**
 * The method that the flags describe.
 *
 * @param defaults for numbers that the method uses and nobody gave
 * @throws {BadInput} for a number that is missing, wrong or not used
 */
export function methodOf(
  name: string,
  values: Values<typeof methodFlags>,
  defaults: MethodNumbers = {},
): MethodSpec {
  return parseMethod(name, given(methodFlags, values), defaults);
}

/**
 * What the flags of a training say that a network is trained by; a number that
 * nobody gave has its default.
 *
 * @throws {BadInput} for a number that is wrong or not used
 */
export function objectiveOf(
  name: string,
  values: Values<typeof objectiveFlags>,
): Objective {
  const numbers = given(objectiveFlags, values);
  if (isLossName(name)) return { kind: "loss", loss: parseLoss(name, numbers) };
  const defaults = trainingNumbers(checkMethodName(name));
  return { kind: "targets", method: parseMethod(name, numbers, defaults) };
}

/** Those of a command's values that belong to the given flags. */
function given(flags: object, values: object): MethodNumbers & LossNumbers {
  const all = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(flags).map((key) => [key, all[key]]));
}
