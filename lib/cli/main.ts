/** `deno task ils <command>`: the command line. */
import { BadInput } from "../bad_input.ts";
import { type Answer, Interrupted } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { parseCommandLine } from "./flags/command_line.ts";
import { toggle } from "./flags/flags.ts";
import { messageWithFlags } from "./flags/message_with_flags.ts";
import { route, TASK } from "./route.ts";
import { printable } from "./terminal/printable.ts";
import { exitCodeOf } from "./terminal/stop_signals.ts";
import {
  checkResultsWritable,
  settleUserFolders,
} from "../files/user_folders.ts";
import { writeRemedy } from "./terminal/write_remedy.ts";
import { writeText } from "../files/write_text.ts";

const DONE = 0;
const FAILED = 1;
const BAD_INPUT = 2;

const JSON_FLAG = toggle("print one JSON value on standard output");

/**
 * Runs one command.
 *
 * @returns the exit code: 0 for success, 1 for a failure during the run, 2 for
 * bad input or usage, 128 + n if signal n has stopped the command
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    settleUserFolders();
    const { text, failure } = await answer(args);
    writeText(Deno.stdout, printable(text));
    if (failure === undefined) return DONE;
    writeText(Deno.stderr, `${oneLine(failure)}\n`);
    return FAILED;
  } catch (error) {
    if (!(error instanceof Interrupted)) explain(error);
    writeText(Deno.stderr, `${oneLine(reasonOf(error))}\n`);
    if (error instanceof Interrupted) return exitCodeOf(error.signal);
    return error instanceof BadInput ? BAD_INPUT : FAILED;
  }
}

/** Returns the text for standard output, and the failure message if any. */
async function answer(
  args: readonly string[],
): Promise<Pick<Answer, "text" | "failure">> {
  const routed = route(args);
  if (routed.kind === "help") return { text: routed.text };
  if (routed.kind === "version") {
    const { versions } = await import("./versions.ts");
    return { text: await versions() };
  }
  const { summary, load } = COMMANDS[routed.name];
  const command = await load();
  const request = parseCommandLine(routed.args, {
    ...command,
    program: TASK,
    name: routed.name,
    summary,
    flags: { ...command.flags, json: JSON_FLAG },
    ...command.common && { common: [...command.common, "json"] },
  });
  if (request.kind === "help") return { text: request.text };
  const { values } = request;
  if (command.trains) checkResultsWritable();
  const { json, text, failure }: Answer = await command.run(values, {
    log: (text) => writeText(Deno.stderr, printable(text)),
    terminal: Deno.stderr.isTerminal() && !Deno.env.has("CI"),
    args: routed.args,
  });
  const printed = values.json ? JSON.stringify(json, null, 2) + "\n" : text;
  return { text: printed, failure };
}

function explain(error: unknown): void {
  if (Deno.env.get("ILS_DEBUG") !== "1" || !(error instanceof Error)) return;
  writeText(Deno.stderr, `${error.stack}\n`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BadInput || error instanceof Interrupted) {
    return messageWithFlags(error);
  }
  const message = error.message || error.name;
  return `Failed: ${message}${writeRemedy(message)}`;
}

/** Joins lines: a file name may contain line breaks, a message is one line. */
function oneLine(text: string): string {
  return printable(text.trim().replaceAll(/\s*[\r\n]+\s*/g, " "));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
