import type {
  CommanderError,
  CommandUnknownOpts,
} from "@commander-js/extra-typings";
import { BadInput } from "../../bad_input.ts";

/** Matches commander's quoted argument and its suggestion. */
const MESSAGE = /'([^]*)'(?:\n\(Did you mean ([^]*)\?\))?/;

/**
 * Rewords an error of commander: one line with what was found and what is
 * allowed.
 */
export function usageError(
  { code, message }: CommanderError,
  parser: CommandUnknownOpts,
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
        `Unexpected argument ${JSON.stringify(argument)}: it is not a flag`,
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
  const flags = parser.options.map(({ long }) => long);
  if (flags.includes(name)) {
    return new BadInput(
      `${name} takes no value: current value is ${attached.join("=")}`,
    );
  }
  return new BadInput(
    `Unknown flag ${found}: ${hint ?? `allowed are ${flags.join(", ")}`}`,
  );
}

function commandsOf(parser: CommandUnknownOpts): string {
  const names = parser.commands.map((command) => command.name());
  return `allowed are ${names.join(", ")}; see --help`;
}
