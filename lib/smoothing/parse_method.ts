import { BadInput, checkRange } from "../bad_input.ts";
import { checkKeys, checkUsed, namedSpec } from "../named_spec.ts";
import {
  BadSetting,
  checkSetting,
  type SettingRule,
} from "../setting_rules.ts";
import {
  isMethodName,
  METHOD_NAMES,
  METHOD_NUMBERS,
  type MethodName,
  type MethodNumbers,
  type MethodSpec,
  SCORES,
  trainingNumbers,
} from "./method.ts";

const RULES: Readonly<Record<keyof MethodNumbers, SettingRule>> = {
  ...METHOD_NUMBERS,
  scores: SCORES,
};

/** What a setting is in every command unless given. */
const DEFAULTS: MethodNumbers = Object.fromEntries(
  Object.entries(RULES).map(([key, rule]) => [key, rule.default]),
);

/** @throws {BadInput} if there is no method of that name */
export function checkMethodName(name: string): MethodName {
  if (isMethodName(name)) return name;
  throw new BadInput(
    `Method must be one of ${
      METHOD_NAMES.join(", ")
    }: current value is ${name}`,
  );
}

/**
 * A method from its name and numbers, checked. Temperature is 1, the largest
 * amount 0.2 and scores are probabilities unless given; there are no defaults
 * for epsilon, P1, P2 and lambda but the caller's.
 *
 * @param given a number that the method does not use is an error
 * @param defaults used for those of the method's numbers that are not given
 * @throws {BadInput} if the name, a missing number or a number is wrong
 */
export function parseMethod(
  name: string,
  given: MethodNumbers,
  defaults: MethodNumbers = {},
): MethodSpec {
  const known = checkMethodName(name);
  const takes = trainingNumbers(known);
  checkUsed(known, takes, given);
  if (given.scores === "shifted-logits" && given.temperature !== undefined) {
    throw new BadSetting((nameOf) =>
      `Method ${known} does not use ${nameOf("temperature")} with ` +
      `${nameOf("scores")} shifted-logits: current value is ` +
      given.temperature
    );
  }
  const sources = [given, defaults, DEFAULTS];
  const method = namedSpec(known, takes, sources) as MethodSpec;
  checkMethod(method);
  return method;
}

/**
 * Checks a method where it enters.
 *
 * @throws {BadInput} that names a key that is unknown or missing, or whose value
 * is out of its range
 */
export function checkMethod(method: MethodSpec): void {
  const { name, ...settings } = method;
  checkKeys(method, trainingNumbers(checkMethodName(name)));
  for (const [key, value] of Object.entries(settings)) {
    const rule = RULES[key as keyof MethodNumbers];
    checkSetting(`Cannot smooth labels as ${key}`, value, rule);
  }
  const { scores, temperature }: MethodNumbers = settings;
  if (scores === "shifted-logits" && temperature !== 1) {
    throw new BadInput(
      `Method ${name} takes no temperature with shifted-logits: ` +
        `current value is ${temperature}`,
    );
  }
}

/**
 * Checks a temperature.
 *
 * @throws {BadInput} if it is not greater than 0 and finite
 */
export function checkTemperature(value: number, what = "temperature"): void {
  const { range } = METHOD_NUMBERS.temperature;
  checkRange(`Cannot smooth labels as ${what}`, value, range);
}
