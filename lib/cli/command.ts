import type { CommandLine } from "./flags/help.ts";
import type { Flags, Values } from "./flags/flags.ts";
import type { StopSignal } from "./terminal/stop_signals.ts";

/** The environment in which a command runs. */
export interface Context {
  /** Writes progress and messages, unchanged, to standard error. */
  readonly log: (text: string) => void;
  /** True if standard error is a terminal on which lines can be redrawn. */
  readonly terminal: boolean;
  /** Arguments after the command's name, as they were typed. */
  readonly args: readonly string[];
}

/** The output of a command. */
export interface Answer {
  /** Printed on standard output, and nothing else, with `--json`. */
  readonly json: unknown;
  /** Printed on standard output without `--json`; each line ends in "\n". */
  readonly text: string;
  /**
   * Message about a part that failed, on one line: printed on standard error
   * after the output; the exit code is then 1.
   */
  readonly failure?: string | undefined;
}

/** One command of the program: a file in `commands/`, a line in `COMMANDS`. */
export interface Command<F extends Flags = Flags>
  extends Omit<CommandLine<F>, "program" | "name" | "summary"> {
  /** Whether it stores runs in the folder of all results; default false. */
  readonly trains?: boolean;
  /**
   * Runs the command. It checks its input before it writes anything. It imports
   * heavy modules here, not at the top of the file, because `--help` loads the
   * file too.
   *
   * @throws {BadInput} for exit code 2, anything else for 1
   */
  // A method, so that commands with different flags fit into one list.
  run(values: Values<F>, context: Context): Promise<Answer>;
}

/** Returns a command unchanged; the types of its values follow from its flags. */
export function command<F extends Flags>(
  definition: Command<F>,
): Command<F> {
  return definition;
}

/** Thrown when a signal interrupts work that can be resumed. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(message: string, readonly signal: StopSignal) {
    super(message);
  }
}
