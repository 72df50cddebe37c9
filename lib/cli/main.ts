/** `deno task ils <command>`: the command line. */
import { BadInput } from "../bad_input.ts";
import { parseFlags } from "./flags/args.ts";
import { type Answer, type Command, Interrupted } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { toggle } from "./flags/flags.ts";
import { commandHelp, programHelp } from "./flags/help.ts";
import { nearest } from "./flags/nearest.ts";

const DONE = 0;
const FAILED = 1;
const BAD_INPUT = 2;

/**
 * Runs one command.
 *
 * @returns the exit code: 0 done, 2 bad input or usage, 1 failed on the way
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const { text, failure } = await answer(args);
    print(Deno.stdout, text);
    if (failure === undefined) return DONE;
    print(Deno.stderr, `${oneLine(failure)}\n`);
    return FAILED;
  } catch (error) {
    if (!(error instanceof Interrupted)) explain(error);
    print(Deno.stderr, `${oneLine(reasonOf(error))}\n`);
    return error instanceof BadInput ? BAD_INPUT : FAILED;
  }
}

/** What is printed on standard output, and what failed all the same. */
async function answer(
  args: readonly string[],
): Promise<Pick<Answer, "text" | "failure">> {
  const [name, ...rest] = args;
  const helpWanted = args.some((arg) => arg === "--help" || arg === "-h");
  if (helpWanted && (name === undefined || name.startsWith("-"))) {
    const load = ([name, load]: [string, () => Promise<Command>]) =>
      load().then((command) => [name, command] as const);
    const commands = await Promise.all(Object.entries(COMMANDS).map(load));
    return { text: programHelp(commands) };
  }
  const command = await find(name);
  if (helpWanted) return { text: commandHelp(name, command) };
  const flags = { ...command.flags, json: toggle("one JSON value") };
  const values = parseFlags(withFirst(command, rest), flags);
  const { json, text, failure }: Answer = await command.run(values, {
    say: (text) => print(Deno.stderr, text),
    terminal: Deno.stderr.isTerminal() && !Deno.env.has("CI"),
  });
  const printed = values.json ? JSON.stringify(json, null, 2) + "\n" : text;
  return { text: printed, failure };
}

/** The words with the flag ahead that a command lets its first one do without. */
function withFirst({ first }: Command, words: readonly string[]) {
  const bare = words.length > 0 && !words[0].startsWith("-");
  return bare && first !== undefined ? [`--${first}`, ...words] : words;
}

function find(name: string | undefined): Promise<Command> {
  if (name !== undefined && Object.hasOwn(COMMANDS, name)) {
    return COMMANDS[name]();
  }
  const names = Object.keys(COMMANDS);
  const hint = `allowed are ${names.join(", ")}; --help explains them`;
  if (name === undefined) throw new BadInput(`A command is needed: ${hint}`);
  const meant = nearest(name, names);
  throw new BadInput(
    `There is no command ${name}: ` +
      (meant === undefined ? hint : `did you mean ${meant}?`),
  );
}

function explain(error: unknown): void {
  if (Deno.env.get("ILS_DEBUG") !== "1" || !(error instanceof Error)) return;
  print(Deno.stderr, `${error.stack}\n`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof BadInput || error instanceof Interrupted
    ? error.message
    : `Failed: ${error.message || error.name}`;
}

/** Names of files may hold line ends; a message is one line all the same. */
function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*[\r\n]+\s*/g, " ");
}

/** Writes all of a text: one call may take only a part of it. */
function print(
  stream: { writeSync(bytes: Uint8Array): number },
  text: string,
): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
