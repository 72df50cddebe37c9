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
  type MethodName,
  type MethodSpec,
} from "./method.ts";
import { methodForm } from "./method_form.ts";
import {
  METHOD_NUMBERS,
  type MethodNumbers,
  SCORES,
} from "./method_numbers.ts";

const RULES: Readonly<Record<keyof MethodNumbers, SettingRule>> = {
  ...METHOD_NUMBERS,
  scores: SCORES,
};

/** Defaults of the settings that have one. */
const DEFAULTS: MethodNumbers = Object.fromEntries(
  Object.entries(RULES).map(([key, rule]) => [key, rule.default]),
);

/**
 * Checks the name of a method and returns it.
 *
 * @throws {BadInput} if there is no method of that name
 */
export function checkMethodName(name: string): MethodName {
  if (isMethodName(name)) return name;
  throw new BadInput(
    `Method must be one of ${
      METHOD_NAMES.join(", ")
    }: current value is ${name}`,
  );
}

/**
 * A method from its name and settings, checked. `temperature` defaults to 1,
 * `maxEpsilon` to 0.2, `shrink` to 0.5 and `scores` to `probabilities`; `epsilon`,
 * `p1`, `p2` and `lambda` have no default. `ils-shrunk` takes either `epsilon` or
 * `p1` and `p2`.
 *
 * @param name one of `METHOD_NAMES`
 * @param settings only settings that the method uses
 * @param defaults values of settings that are missing; may contain settings that
 * the method does not use
 * @throws {BadInput} if the name is unknown, or a setting is missing, not used by
 * the method, outside its range, or excluded by another
 *
 * @example
 * ```ts
 * import { deepStrictEqual, throws } from "node:assert/strict";
 * import { parseMethod } from "@ils/label-smoothing/smoothing";
 * deepStrictEqual(parseMethod("ils2", { epsilon: 0.1 }), {
 *   name: "ils2",
 *   epsilon: 0.1,
 *   temperature: 1,
 * });
 * throws(() => parseMethod("ls", { epsilon: 1.2 }), {
 *   message:
 *     "Cannot smooth labels as epsilon must be in [0, 1): current value is 1.2",
 * });
 * ```
 */
export function parseMethod(
  name: string,
  settings: MethodNumbers,
  defaults: MethodNumbers = {},
): MethodSpec {
  const known = checkMethodName(name);
  const takes = methodForm(known, settings, defaults);
  checkUsed(known, takes, settings);
  const { scores, temperature } = settings;
  if (scores === "shifted-logits" && temperature !== undefined) {
    throw new BadSetting((nameOf) =>
      `Method ${known} does not use ${nameOf("temperature")} with ` +
      `${nameOf("scores")} shifted-logits: current value is ${temperature}`
    );
  }
  const sources = [settings, defaults, DEFAULTS];
  const method = namedSpec(known, takes, sources) as MethodSpec;
  checkMethod(method);
  return method;
}

/**
 * Throws unless a method has exactly its own settings, each within its range.
 *
 * @throws {BadInput} naming the key that is unknown, missing or out of range
 *
 * @example
 * ```ts
 * import { throws } from "node:assert/strict";
 * import { checkMethod } from "@ils/label-smoothing/smoothing";
 * checkMethod({ name: "mix", lambda: 0.5 });
 * throws(() => checkMethod({ name: "mix", lambda: 2 }), { name: "BadInput" });
 * ```
 */
export function checkMethod(method: MethodSpec): void {
  const { name, ...settings } = method;
  checkKeys(method, methodForm(checkMethodName(name), settings));
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
 * Throws unless a temperature is greater than 0 and finite.
 *
 * @param what name of the value in the message
 * @throws {BadInput}
 */
export function checkTemperature(value: number, what = "temperature"): void {
  const { range } = METHOD_NUMBERS.temperature;
  checkRange(`Cannot smooth labels as ${what}`, value, range);
}
