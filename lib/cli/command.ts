import type { CommandLine } from "./flags/help.ts";
import type { Flags, Values } from "./flags/flags.ts";

/** What a command finds around it. */
export interface Context {
  /** Writes progress and logs as they are, to standard error. */
  readonly say: (text: string) => void;
  /** True where what is said may be redrawn in place. */
  readonly terminal: boolean;
}

/** What a command answers. */
export interface Answer {
  /** Printed alone on standard output with `--json`. */
  readonly json: unknown;
  /** Printed on standard output without it; lines, each with its end. */
  readonly text: string;
  /**
   * A part that failed on the way, in one line: printed on standard error after
   * the answer, and the exit code is 1.
   */
  readonly failure?: string | undefined;
}

/** One command of the program: a file in `commands/`, a line in `COMMANDS`. */
export interface Command<Given extends Flags = Flags>
  extends Omit<CommandLine<Given>, "program" | "name" | "summary"> {
  /**
   * Checks its input before it writes anything. Heavy modules are imported
   * here, not at the top of the file: `--help` loads the file too.
   *
   * @throws {BadInput} for exit code 2, anything else for 1
   */
  // A method, so that commands with different flags fit one list.
  run(values: Values<Given>, context: Context): Promise<Answer>;
}

/** The command as it is, with the types of its values found from its flags. */
export function command<Given extends Flags>(
  definition: Command<Given>,
): Command<Given> {
  return definition;
}

/** Work that someone broke off and may go on with. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
