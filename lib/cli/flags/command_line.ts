import {
  Command,
  CommanderError,
  type CommandUnknownOpts,
  Option,
} from "@commander-js/extra-typings";
import { BadInput } from "../../bad_input.ts";
import { flagName } from "./flag_name.ts";
import type { Flag, Flags, Values } from "./flags.ts";
import { type CommandLine, describe } from "./help.ts";
import { usageError } from "./usage_error.ts";

/** What the arguments of a command request: a run, or its help. */
export type Request<F extends Flags> =
  | { readonly kind: "run"; readonly values: Values<F> }
  | { readonly kind: "help"; readonly text: string };

/** A flag on the command line, with the text of its value. */
interface FlagText {
  readonly key: string;
  readonly text: string;
}

/**
 * Parses the arguments of a command: `--flag value` or `--flag=value`, where
 * `_` in the name of a flag stands for `-`.
 *
 * @throws {BadInput} for an unknown flag (suggests the nearest one), a flag
 * given twice that takes one value, a missing or invalid value, or a missing required flag
 *
 * @example
 * ```ts
 * import { parseCommandLine } from "./command_line.ts";
 * import { withDefault, whole } from "./flags.ts";
 * const request = parseCommandLine(["--batch-size=64"], {
 *   program: "deno task ils",
 *   name: "train",
 *   summary: "train a network",
 *   flags: { batchSize: withDefault(512, whole(1, "images per step")) },
 *   examples: ["train --batch-size 64"],
 * });
 * request; // { kind: "run", values: { batchSize: 64 } }
 * ```
 */
export function parseCommandLine<F extends Flags>(
  args: readonly string[],
  line: CommandLine<F>,
): Request<F> {
  let help = "";
  const texts: FlagText[] = [];
  const parser = describe(new Command(), line);
  silence(parser, (text) => help += text);
  const shown = flagsInHelp(args, line);
  for (const [key, flag] of Object.entries(line.flags)) {
    parser.addOption(
      optionOf(key, flag).hideHelp(!shown.has(key)).argParser((text) => {
        checkIsValue(flagName(key), text, { args, parser });
        texts.push({ key, text });
        return text;
      }),
    );
  }
  try {
    parser.parse(normalised(args, line.flags), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help !== "") return { kind: "help", text: help };
    const [example] = line.examples;
    throw usageError(
      error,
      parser,
      example && `${line.program} ${example}`,
    );
  }
  texts.unshift(...positional(parser.args, line));
  return { kind: "run", values: valuesOf(texts, line.flags) };
}

/** Returns the values that were given without the names of their flags. */
function positional(
  args: readonly string[],
  { first, rest }: CommandLine,
): FlagText[] {
  const [one, ...others] = args;
  return [
    ...first !== undefined && one !== undefined
      ? [{ key: first, text: one }]
      : [],
    ...rest === undefined ? [] : others.map((text) => ({ key: rest, text })),
  ];
}

/** Returns the keys of the flags that the help shows, if it is asked for. */
function flagsInHelp(
  args: readonly string[],
  { flags, common = Object.keys(flags) }: CommandLine,
): ReadonlySet<string> {
  const asked = args.findIndex((arg) => arg === "--help" || arg === "-h");
  const all = asked >= 0 && args[asked + 1] === "all";
  return new Set(all ? Object.keys(flags) : common);
}

/** Parses flags without a command and its help, as tests do. */
export function parseFlags<F extends Flags>(
  args: readonly string[],
  flags: F,
): Values<F> {
  const line = { program: "", name: "", summary: "", flags, examples: [] };
  const request = parseCommandLine(args, line);
  if (request.kind === "run") return request.values;
  throw new BadInput("There is no help for flags without a command");
}

/** Makes a parser throw instead of ending the process or printing. */
export function silence(
  parser: CommandUnknownOpts,
  onHelp: (text: string) => void,
): void {
  parser.exitOverride().configureOutput({
    writeOut: onHelp,
    writeErr: () => {},
    getOutHelpWidth: () => 80,
  });
}

function optionOf(key: string, flag: Flag<unknown>) {
  const { placeholder, help, required, fallback } = flag;
  // The help shows the placeholder; commander would parse its brackets.
  const value = placeholder === undefined ? "" : " <value>";
  const option = new Option(
    flagName(key) + value,
    required ? `${help} (required)` : help,
  );
  const shown = fallback !== undefined && fallback !== false;
  return shown ? option.default(fallback, String(fallback)) : option;
}

/**
 * Throws if the value of a flag looks like another flag: commander takes
 * whatever follows as the value. In `--flag=--value` it is meant as a value.
 */
function checkIsValue(
  name: string,
  text: string | undefined,
  { args, parser }: {
    readonly args: readonly string[];
    readonly parser: CommandUnknownOpts;
  },
): void {
  if (!text?.startsWith("--")) return;
  const attached = args.some((argument) =>
    argument.replaceAll("_", "-") === `${name}=${text}`.replaceAll("_", "-")
  );
  if (attached) return;
  if (text === "--help") parser.help();
  throw new BadInput(`${name} needs a value`);
}

/**
 * Returns the arguments with `-` for `_` in the names of flags. The `=value` of
 * an unknown flag is dropped: it would spoil the suggestion.
 */
function normalised(args: readonly string[], flags: Flags): string[] {
  const known = new Set(Object.keys(flags).map(flagName));
  const end = args.indexOf("--");
  return args.map((argument, i) => {
    const match = /^(--[A-Za-z][\w-]*)(=.*)?$/s.exec(argument);
    if (match === null || (end >= 0 && i > end)) return argument;
    const name = match[1].replaceAll("_", "-");
    return known.has(name) ? name + (match[2] ?? "") : name;
  });
}

function valuesOf<F extends Flags>(
  texts: readonly FlagText[],
  flags: F,
): Values<F> {
  const values: Record<string, unknown> = {};
  for (const { key, text } of texts) {
    const name = flagName(key);
    const value = flags[key].parse(text, name);
    if (!(key in values)) values[key] = value;
    else if (flags[key].repeats) {
      values[key] = [...values[key] as unknown[], ...value as unknown[]];
    } else throw new BadInput(`${name} is given twice`);
  }
  for (const [key, flag] of Object.entries<Flag<unknown>>(flags)) {
    if (key in values) continue;
    if (flag.required) {
      throw new BadInput(`${flagName(key)} ${flag.placeholder} is required`);
    }
    values[key] = flag.fallback;
  }
  return values as Values<F>;
}
