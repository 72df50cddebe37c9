import {
  Command,
  CommanderError,
  type CommandUnknownOpts,
  Option,
} from "@commander-js/extra-typings";
import { BadInput } from "../../bad_input.ts";
import { type Flag, flagName, type Flags, type Values } from "./flags.ts";
import { type CommandLine, describe } from "./help.ts";
import { usageError } from "./usage_error.ts";

/** What the arguments of a command ask for. */
export type Request<Given extends Flags> =
  | { readonly kind: "run"; readonly values: Values<Given> }
  | { readonly kind: "help"; readonly text: string };

/** A flag that was given, with the text of its value. */
interface GivenText {
  readonly key: string;
  readonly text: string;
}

/**
 * The values of a command's flags, or its help: `--flag value` or
 * `--flag=value`, with `-` and `_` alike in the flag's name.
 *
 * @throws {BadInput} for an unknown flag (with the nearest one), one given
 * twice, a value that is missing or not allowed, a required flag left out
 *
 * @example
 * ```ts
 * import { parseCommandLine } from "./command_line.ts";
 * import { byDefault, whole } from "./flags.ts";
 * const request = parseCommandLine(["--batch_size=64"], {
 *   program: "deno task ils",
 *   name: "train",
 *   summary: "train a network",
 *   flags: { batchSize: byDefault(512, whole(1, "images per step")) },
 *   examples: ["train --batch-size 64"],
 * });
 * request; // { kind: "run", values: { batchSize: 64 } }
 * ```
 */
export function parseCommandLine<Given extends Flags>(
  args: readonly string[],
  line: CommandLine<Given>,
): Request<Given> {
  let help = "";
  const given: GivenText[] = [];
  const parser = describe(new Command(), line);
  silence(parser, (text) => help += text);
  for (const [key, flag] of Object.entries(line.flags)) {
    parser.addOption(
      optionOf(key, flag).argParser((text) => {
        checkIsValue(flagName(key), text, { args, parser });
        given.push({ key, text });
        return text;
      }),
    );
  }
  try {
    parser.parse(normalised(args, line.flags), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help !== "") return { kind: "help", text: help };
    throw usageError(error, parser);
  }
  const { first } = line;
  if (first !== undefined && parser.args.length > 0) {
    given.unshift({ key: first, text: parser.args[0] });
  }
  return { kind: "run", values: valuesOf(given, line.flags) };
}

/** The values of flags that stand alone, without a command and its help. */
export function parseFlags<Given extends Flags>(
  args: readonly string[],
  flags: Given,
): Values<Given> {
  const line = { program: "", name: "", summary: "", flags, examples: [] };
  const request = parseCommandLine(args, line);
  if (request.kind === "run") return request.values;
  throw new BadInput("There is no help for flags without a command");
}

/** Makes a parser throw where it would end the process, and print nothing. */
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
  // The help shows the placeholder; commander would read its brackets.
  const value = placeholder === undefined ? "" : " <value>";
  const option = new Option(
    flagName(key) + value,
    required ? `${help} (required)` : help,
  );
  const shown = fallback !== undefined && fallback !== false;
  return shown ? option.default(fallback, String(fallback)) : option;
}

/**
 * Throws if a flag stands where a value belongs: commander takes whatever
 * follows. In `--flag=--value` it is a value.
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
 * The arguments with `-` for `_` in names of flags. What is attached to an
 * unknown flag is left out: it would get in the way of a suggestion.
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

function valuesOf<Given extends Flags>(
  given: readonly GivenText[],
  flags: Given,
): Values<Given> {
  const values: Record<string, unknown> = {};
  for (const { key, text } of given) {
    const name = flagName(key);
    if (key in values) throw new BadInput(`${name} is given twice`);
    values[key] = flags[key].parse(text, name);
  }
  for (const [key, flag] of Object.entries<Flag<unknown>>(flags)) {
    if (key in values) continue;
    if (flag.required) {
      throw new BadInput(`${flagName(key)} ${flag.placeholder} is needed`);
    }
    values[key] = flag.fallback;
  }
  return values as Values<Given>;
}
