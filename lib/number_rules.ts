/**
 * Methods that are chosen by name, each with numbers of its own: what is asked
 * of the numbers that a flag or a file gives, whatever the method does.
 */
import { BadInput, type checkRange } from "./bad_input.ts";

/** What a number is and where it may lie. */
export interface NumberRule {
  readonly range: Parameters<typeof checkRange>[2];
  /** What it does, and in which methods. */
  readonly help: string;
  /** What stands for it in a help; X unless given. */
  readonly placeholder?: string;
}

/**
 * Throws for a number that would change nothing.
 *
 * @param takes an object with the names of the method's own numbers
 * @param given numbers by name; `undefined` is not given
 * @throws {BadInput} that names the flag
 */
export function checkUsed(name: string, takes: object, given: object): void {
  for (const [number, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(takes, number)) continue;
    throw new BadInput(
      `Method ${name} does not use ${flagOf(number)}: it takes ${
        flagsOf(takes)
      }`,
    );
  }
}

/**
 * The name with each of the method's numbers, from the first source that has
 * it.
 *
 * @param takes an object with the names of the method's own numbers
 * @throws {BadInput} if no source has one of them
 */
export function withNumbers(
  name: string,
  takes: object,
  sources: readonly object[],
): Record<string, unknown> {
  const spec: Record<string, unknown> = { name };
  for (const number of Object.keys(takes)) {
    const value = sources
      .map((source) => (source as Record<string, unknown>)[number])
      .find((value) => value !== undefined);
    if (value === undefined) {
      throw new BadInput(
        `Method ${name} needs ${flagOf(number)}: it takes ${flagsOf(takes)}`,
      );
    }
    spec[number] = value;
  }
  return spec;
}

/**
 * Throws unless a spec has its name and the method's numbers, and nothing else.
 *
 * @throws {BadInput} that names the key
 */
export function checkKeys(spec: { readonly name: string }, takes: object) {
  const keys = Object.keys(takes);
  const missing = keys.find((key) => !(key in spec));
  if (missing !== undefined) {
    throw new BadInput(
      `Method ${spec.name} must have ${keys.join(", ")}: ${missing} is ` +
        `missing`,
    );
  }
  for (const key of Object.keys(spec)) {
    if (key === "name" || keys.includes(key)) continue;
    throw new BadInput(
      `Method ${spec.name} has an unknown key ${key}: allowed are ` +
        (keys.join(", ") || "none"),
    );
  }
}

/** `maxEpsilon` as `max-epsilon`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

function flagsOf(takes: object): string {
  return Object.keys(takes).map(flagOf).join(", ") || "no number";
}

function flagOf(number: string): string {
  return `--${dashed(number)}`;
}
