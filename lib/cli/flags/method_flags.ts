import type { Objective } from "../../runs/spec.ts";
import type { NumberRule } from "../../setting_rules.ts";
import {
  METHOD_NAMES,
  type MethodSpec,
  trainingNumbers,
} from "../../smoothing/method.ts";
import {
  METHOD_NUMBERS,
  type MethodNumbers,
  SCORES,
} from "../../smoothing/method_numbers.ts";
import { methodForm } from "../../smoothing/method_form.ts";
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

/** A method that makes targets. */
export const methodKind = choice(METHOD_NAMES, {
  placeholder: "M",
  help: "method that makes the targets",
});

/** A method that trains a network: one that makes targets, or a loss. */
export const objectiveKind = choice([...METHOD_NAMES, ...LOSS_NAMES], {
  placeholder: "M",
  help: "method that makes the targets, or loss",
});

const scores = optional(
  settingKind(SCORES, `${SCORES.help} (default: ${SCORES.default})`),
);

/** Hyperparameters of methods, for a command that makes targets. */
export const methodFlags = {
  ...numberFlags(METHOD_NUMBERS, (_, rule) => rule.default),
  scores,
};

/** Hyperparameters of methods and losses, for a command that trains. */
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

/**
 * Returns the default of a hyperparameter in `train`, or the default per method
 * if they differ.
 */
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
 * Returns the method that the flags describe.
 *
 * @param defaults for hyperparameters of the method without a flag
 * @throws {BadInput} for a hyperparameter that is missing, wrong or not used
 */
export function methodOf(
  name: string,
  values: Values<typeof methodFlags>,
  defaults: MethodNumbers = {},
): MethodSpec {
  return parseMethod(name, valuesOfFlags(methodFlags, values), defaults);
}

/**
 * Returns the training objective that the flags describe. A hyperparameter
 * without a flag has its default.
 *
 * @throws {BadInput} for a hyperparameter that is wrong or not used
 */
export function objectiveOf(
  name: string,
  values: Values<typeof objectiveFlags>,
): Objective {
  const numbers = valuesOfFlags(objectiveFlags, values);
  if (isLossName(name)) return { kind: "loss", loss: parseLoss(name, numbers) };
  const defaults = methodForm(checkMethodName(name), numbers);
  return { kind: "targets", method: parseMethod(name, numbers, defaults) };
}

/** Returns the values that belong to some of a command's flags. */
function valuesOfFlags(
  flags: object,
  values: object,
): MethodNumbers & LossNumbers {
  const all = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(flags).map((key) => [key, all[key]]));
}
