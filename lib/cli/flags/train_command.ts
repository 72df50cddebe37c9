import { type Flag, flagName } from "./flags.ts";
import { trainFlags, type TrainValues } from "./train_flags.ts";

/**
 * The arguments of `ils train` that give these values; what it does by default
 * is left out.
 */
export function trainArguments(values: TrainValues): string[] {
  const flags: Readonly<Record<string, Flag<unknown>>> = trainFlags;
  return Object.entries(flags).flatMap(([key, { fallback, placeholder }]) => {
    const value = (values as Readonly<Record<string, unknown>>)[key];
    const said = value !== undefined && String(value) !== String(fallback);
    if (!said) return [];
    if (placeholder === undefined) return [flagName(key)];
    return [flagName(key), String(value)];
  });
}

/** The same as a line for a shell. */
export function trainCommand(values: TrainValues): string {
  return ["deno task ils train", ...trainArguments(values).map(quoted)]
    .join(" ");
}

function quoted(argument: string): string {
  if (/^[\w.,/:=+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
