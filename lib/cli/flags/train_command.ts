import { flagName } from "./flag_name.ts";
import type { Flag } from "./flags.ts";
import { trainFlags, type TrainValues } from "./train_flags.ts";

/**
 * Returns the arguments of `ils train` for these values; defaults are left out.
 */
export function trainArguments(values: TrainValues): string[] {
  const flags: Readonly<Record<string, Flag<unknown>>> = trainFlags;
  return Object.entries(flags).flatMap(([key, { fallback, placeholder }]) => {
    const value = (values as Readonly<Record<string, unknown>>)[key];
    if (value === undefined || String(value) === String(fallback)) return [];
    if (placeholder === undefined) return [flagName(key)];
    return [flagName(key), String(value)];
  });
}

/** Returns the command as a shell line. */
export function trainCommand(values: TrainValues): string {
  return ["deno task ils train", ...trainArguments(values).map(quoted)]
    .join(" ");
}

function quoted(argument: string): string {
  if (/^[\w.,/:=+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
