import { BadInput } from "../../bad_input.ts";
import { flagName, type Flags, type Values } from "./flags.ts";
import { nearest } from "./nearest.ts";

/**
 * The values of a command's flags: `--flag value` or `--flag=value`, with `-`
 * and `_` alike in the flag's name.
 *
 * @throws {BadInput} for an unknown flag (with the nearest one), one given
 * twice, a value that is missing or not allowed, a required flag left out
 *
 * @example
 * ```ts
 * import { parseFlags } from "./args.ts";
 * import { byDefault, whole } from "./flags.ts";
 * const flags = { batchSize: byDefault(512, whole(1, "images a step")) };
 * parseFlags(["--batch_size=64"], flags); // { batchSize: 64 }
 * ```
 */
export function parseFlags<Given extends Flags>(
  args: readonly string[],
  flags: Given,
): Values<Given> {
  const keys = new Map(Object.keys(flags).map((key) => [flagName(key), key]));
  const values: Record<string, unknown> = {};
  for (let i = 0; i < args.length; i++) {
    const { name, attached } = split(args[i]);
    const key = keys.get(name);
    if (key === undefined) throw unknownFlag(name, [...keys.keys()]);
    if (key in values) throw new BadInput(`${name} is given twice`);
    const { placeholder, parse } = flags[key];
    if (placeholder === undefined && attached !== undefined) {
      throw new BadInput(
        `${name} takes no value: current value is ${attached}`,
      );
    }
    const text = placeholder === undefined
      ? ""
      : attached ?? following(args, ++i, name);
    values[key] = parse(text, name);
  }
  return { ...fallbacks(flags, values), ...values } as Values<Given>;
}

/** An argument as the name and, after a `=`, the value of a flag. */
function split(argument: string): {
  name: string;
  attached: string | undefined;
} {
  const match = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/s.exec(argument);
  if (!match) {
    throw new BadInput(
      `Cannot make sense of ${JSON.stringify(argument)}: it is no flag`,
    );
  }
  return { name: match[1].replaceAll("_", "-"), attached: match[2] };
}

/** The value after a flag: the next argument, if it is no flag itself. */
function following(
  args: readonly string[],
  i: number,
  name: string,
): string {
  if (i < args.length && !args[i].startsWith("--")) return args[i];
  throw new BadInput(`${name} needs a value`);
}

function fallbacks(
  flags: Flags,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, flag] of Object.entries(flags)) {
    if (flag.required && !(key in given)) {
      throw new BadInput(`${flagName(key)} ${flag.placeholder} is needed`);
    }
    values[key] = flag.fallback;
  }
  return values;
}

function unknownFlag(name: string, known: readonly string[]): BadInput {
  const meant = nearest(name, known);
  const hint = meant === undefined
    ? `allowed are ${known.join(", ")}`
    : `did you mean ${meant}?`;
  return new BadInput(`There is no flag ${name}: ${hint}`);
}
