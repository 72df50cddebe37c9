import type {
  CommanderError,
  CommandUnknownOpts,
} from "@commander-js/extra-typings";
import { BadInput } from "../../bad_input.ts";
import { nearest } from "./nearest.ts";

/** Matches commander's quoted argument and its suggestion. */
const MESSAGE = /'([^]*)'(?:\n\(Did you mean ([^]*)\?\))?/;

/** Largest number of flags in a message. */
const MOST_LISTED = 24;

/** What others call a flag. */
const SYNONYMS: Readonly<Record<string, string>> = {
  arch: "model",
  data: "dataset",
  "learning-rate": "lr",
  network: "model",
  output: "out",
  probs: "probabilities",
  smoothing: "epsilon",
};

/**
 * Rewords an error of commander: one line with what was found and what is
 * allowed.
 *
 * @param example a command line that works
 */
export function usageError(
  { code, message }: CommanderError,
  parser: CommandUnknownOpts,
  example?: string,
): BadInput {
  const [, found = "", suggestion] = MESSAGE.exec(message) ?? [];
  const hint = suggestion && `did you mean ${suggestion}?`;
  switch (code) {
    case "commander.unknownCommand":
      return new BadInput(
        `Unknown command ${found || '""'}: ${hint ?? commandsOf(parser)}`,
      );
    case "commander.help":
      return new BadInput(`A command is required: ${commandsOf(parser)}`);
    case "commander.unknownOption":
      return unknownFlag(found, hint, parser);
    case "commander.optionMissingArgument":
      return new BadInput(`${found.split(" ")[0]} needs a value`);
    case "commander.excessArguments": {
      const argument = parser.args[parser.registeredArguments.length];
      return new BadInput(
        `Unexpected argument ${JSON.stringify(argument)}: it is not a flag` +
          (example === undefined ? "" : `; for example: ${example}`),
      );
    }
    default:
      return new BadInput(message);
  }
}

function unknownFlag(
  found: string,
  hint: string | undefined,
  parser: CommandUnknownOpts,
): BadInput {
  if (parser.commands.length > 0) {
    return new BadInput(
      `A command is required before ${found}: ${commandsOf(parser)}`,
    );
  }
  const [name, ...attached] = found.split("=");
  if (parser.options.some(({ long }) => long === name)) {
    return new BadInput(
      `${name} takes no value: current value is ${attached.join("=")}`,
    );
  }
  const meant = similarFlag(name, parser);
  const advice = meant !== undefined
    ? `did you mean ${meant}?`
    : hint ?? allowedFlags(parser);
  return new BadInput(`Unknown flag ${found}: ${advice}`);
}

/** The flag that probably is meant; undefined if commander's guess is as good. */
function similarFlag(
  found: string,
  parser: CommandUnknownOpts,
): string | undefined {
  const names = parser.options.map(({ long }) => long!.slice(2));
  const name = found.replace(/^-+/, "").toLowerCase();
  const synonym = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : name;
  const meant = names.includes(synonym) ? synonym : nearest(name, names);
  return meant && `--${meant}`;
}

function allowedFlags(parser: CommandUnknownOpts): string {
  const flags = parser.options.map(({ long }) => long);
  if (flags.length <= MOST_LISTED) return `allowed are ${flags.join(", ")}`;
  const all = parser.options.some(({ hidden }) => hidden) ? " all" : "";
  return `${parser.name()} --help${all} lists the flags`;
}

function commandsOf(parser: CommandUnknownOpts): string {
  const names = parser.commands.map((command) => command.name());
  return `allowed are ${names.join(", ")}; see --help`;
}
