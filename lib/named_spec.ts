/**
 * Specs of methods and losses: a name and the settings of the method with that name.
 */
import { BadInput } from "./bad_input.ts";
import { BadSetting, checkKnownKeys } from "./setting_rules.ts";

/**
 * Throws if there is a value for a setting that the method does not use.
 *
 * @param takes an object whose keys are the method's settings
 * @param given values by key; `undefined` means no value
 * @throws {BadSetting}
 */
export function checkUsed(name: string, takes: object, given: object): void {
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(takes, key)) continue;
    throw new BadSetting((nameOf) =>
      `Method ${name} does not use ${nameOf(key)}: it takes ${
        listOf(takes, nameOf)
      }`
    );
  }
}

/**
 * The spec of a method; each setting comes from the first source that has it.
 *
 * @param takes an object whose keys are the method's settings
 * @throws {BadSetting} if no source has a setting
 */
export function namedSpec(
  name: string,
  takes: object,
  sources: readonly object[],
): { readonly name: string } {
  const spec: Record<string, unknown> & { name: string } = { name };
  for (const key of Object.keys(takes)) {
    const value = sources
      .map((source) => (source as Record<string, unknown>)[key])
      .find((value) => value !== undefined);
    if (value === undefined) {
      throw new BadSetting((nameOf) =>
        `Method ${name} needs ${nameOf(key)}: it takes ${listOf(takes, nameOf)}`
      );
    }
    spec[key] = value;
  }
  return spec;
}

/**
 * Throws unless a spec has exactly its name and the settings of its method.
 *
 * @param takes an object whose keys are the method's settings
 * @throws {BadInput} naming the missing or unknown key
 */
export function checkKeys(
  spec: { readonly name: string },
  takes: object,
): void {
  const { name, ...settings } = spec;
  const keys = Object.keys(takes);
  const missing = keys.find((key) => !(key in settings));
  if (missing !== undefined) {
    throw new BadInput(
      `Method ${name} must have ${keys.join(", ")}: ${missing} is missing`,
    );
  }
  checkKnownKeys(`Method ${name}`, settings, keys);
}

function listOf(takes: object, nameOf: (key: string) => string): string {
  return Object.keys(takes).map(nameOf).join(", ") || "no settings";
}
