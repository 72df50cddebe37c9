import type { Command } from "../command.ts";
import { type Flag, flagName, type Flags } from "./flags.ts";

const TASK = "deno task ils";
const WIDTH = 80;

/** The help of the whole program. */
export function programHelp(
  commands: readonly (readonly [string, Command])[],
): string {
  const rows = commands.map(([name, { summary }]) => [name, summary] as const);
  return `Usage: ${TASK} COMMAND [flags]

Instance-based label smoothing: train, make targets, measure calibration.

Commands:
${columns(rows)}

Flags take - and _ alike. With --json a command prints one JSON value and
nothing else on standard output; progress goes to standard error.
Exit code: 0 done, 2 bad input (nothing is written), 1 failed on the way.

  ${TASK} COMMAND --help   flags and examples of a command
`;
}

/** The help of one command. */
export function commandHelp(
  name: string,
  { summary, flags, examples, notes }: Command,
): string {
  const rows = Object.entries(flags).map(([key, flag]) =>
    [flagUsage(key, flag), flagHelp(flag)] as const
  );
  const own = [
    ["--json", "one JSON value on standard output"],
    ["--help", "this text"],
  ] as const;
  return `Usage: ${TASK} ${name} [flags]

${capitalised(summary)}.
${notes === undefined ? "" : `\n${notes.trim()}\n`}
Flags:
${columns([...rows, ...own])}

Examples:
${examples.map((line) => `  ${TASK} ${line}`).join("\n")}
`;
}

function flagUsage(key: string, { placeholder }: Flag<unknown>): string {
  return flagName(key) + (placeholder === undefined ? "" : ` ${placeholder}`);
}

function flagHelp(flag: Flags[string]): string {
  const { help, required, fallback } = flag;
  if (required) return `${help} (needed)`;
  if (fallback === undefined || fallback === false) return help;
  return `${help} (${fallback})`;
}

/** Two columns, the second one wrapped to the width of a terminal. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([first]) => first.length)) + 4;
  return rows.map(([first, second]) => {
    const [line, ...more] = wrap(second, WIDTH - left);
    const head = `  ${first}`.padEnd(left) + line;
    return [head, ...more.map((text) => " ".repeat(left) + text)].join("\n");
  }).join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
