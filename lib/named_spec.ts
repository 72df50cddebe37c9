/**
 * Specs of methods and losses: a name, and the settings that the method of that
 * name takes.
 */
import { BadInput } from "./bad_input.ts";
import { BadSetting, checkKnownKeys } from "./setting_rules.ts";

/**
 * Throws for a setting that would change nothing.
 *
 * @param takes an object with the keys that the method takes
 * @param given values by key; `undefined` is not given
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
 * The spec of a name, with each of its settings from the first source that has
 * it.
 *
 * @param takes an object with the keys that the method takes
 * @throws {BadSetting} if no source has one of them
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
 * Throws unless a spec has its name and the settings that it takes, and nothing
 * else.
 *
 * @throws {BadInput} that names the key
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
  return Object.keys(takes).map(nameOf).join(", ") || "no number";
}
