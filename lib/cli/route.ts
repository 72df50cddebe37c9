import { Command, CommanderError } from "@commander-js/extra-typings";
import { COMMANDS } from "./commands.ts";
import { silence } from "./flags/command_line.ts";
import { usageError } from "./flags/usage_error.ts";

/** The words typed before the name of a command. */
export const TASK = "deno task ils";

/** The command, help text or versions that the program's arguments request. */
export type Route =
  | {
    readonly kind: "command";
    readonly name: string;
    /** Arguments after the name. */
    readonly args: readonly string[];
  }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "version" };

const ENDING = `
Flag names accept _ in place of -. With --json a command prints one JSON value
and nothing else on standard output; progress goes to standard error.
Exit codes: 0 success, 1 failure during the run, 2 bad input (nothing written).

  ${TASK} COMMAND --help   show the flags and examples of a command`;

/**
 * Returns the command that the first argument names, without loading it.
 *
 * @throws {BadInput} if there is no such command; suggests the nearest one
 */
export function route(args: readonly string[]): Route {
  let found: Route = { kind: "help", text: "" };
  const program = parserOf((name) => {
    const rest = args.slice(args.indexOf(name) + 1);
    found = name === HELP
      ? routeHelp(rest)
      : { kind: "command", name, args: rest };
  });
  let help = "";
  silence(program, (text) => help += text);
  try {
    program.parse(args, { from: "user" });
    return found;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.version") return { kind: "version" };
    if (help !== "") return { kind: "help", text: help };
    throw usageError(error, program);
  }
}

const HELP = "help";

/** `help NAME` is `NAME --help`, and `help NAME all` is `NAME --help all`. */
function routeHelp([name, ...rest]: readonly string[]): Route {
  return route(name === undefined ? ["--help"] : [name, "--help", ...rest]);
}

function parserOf(onCommand: (name: string) => void): Command {
  const program = new Command(TASK).usage("COMMAND [flags]")
    .description(
      "Instance-based label smoothing: train networks, make soft targets, " +
        "measure calibration.",
    )
    .optionsGroup("Flags:").helpOption("-h, --help", "show this help")
    .version("", "--version", "print the versions")
    // Arguments after a command's name belong to the command.
    .enablePositionalOptions().passThroughOptions()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText("after", ENDING);
  const summaries = Object.entries(COMMANDS)
    .map(([name, { summary }]) => [name, summary]);
  for (
    const [name, summary] of [...summaries, [
      HELP,
      "show the help of a command",
    ]]
  ) {
    program.command(name).summary(summary).helpOption(false)
      .allowUnknownOption().allowExcessArguments()
      .action(() => onCommand(name));
  }
  return program.helpCommand(false);
}
