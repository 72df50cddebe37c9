import type { Command, Help } from "@commander-js/extra-typings";
import type { Flags } from "./flags.ts";

const WIDTH = 80;

/** The flags of a command and the text of its help. */
export interface CommandLine<F extends Flags = Flags> {
  /** Typed before the name: `deno task ils`. */
  readonly program: string;
  readonly name: string;
  /** What the command does: one line that starts with a lower-case letter. */
  readonly summary: string;
  readonly flags: F;
  /** Lines that a user would type after `program`. */
  readonly examples: readonly string[];
  /**
   * Keys of the flags that `--help` shows (all); `--help all` shows the others too.
   */
  readonly common?: readonly string[];
  /** Key of the flag whose value may also be positional: `export RUN`. */
  readonly first?: string;
  /** Key of the flag, for several values, that takes all further positional ones. */
  readonly rest?: string;
  /** More about the command: paragraphs separated by empty lines. */
  readonly notes?: string;
  /** Lists of names with their explanations, by the title of the list. */
  readonly lists?: Readonly<Record<string, ReadonlyMap<string, string>>>;
}

/** Configures a parser with the help of a command, except for its flags. */
export function describe(parser: Command, line: CommandLine): Command {
  const { program, name, summary, flags, first, rest, notes = "" } = line;
  const placeholders = new Map(
    Object.entries(flags).map(([key, flag]) => [key, flag.placeholder]),
  );
  const bare = [first, rest].filter((key) => key !== undefined)
    .map((key) => `${placeholders.get(key)} `).join("");
  if (first !== undefined) parser.argument(`[${first}]`);
  if (rest !== undefined) parser.argument(`[${rest}...]`);
  parser.name(`${program} ${name}`).usage(`${bare}[flags]`).optionsGroup(
    "Flags:",
  )
    .helpOption("-h, --help", helpText(line))
    .description(
      [`${capitalised(summary)}.`, ...paragraphs(notes)].join("\n\n"),
    )
    .configureHelp({
      minWidthToWrap: WIDTH / 4,
      optionTerm(option) {
        const placeholder = placeholders.get(option.attributeName());
        const [term] = option.flags.split(" <");
        return placeholder === undefined ? term : `${term} ${placeholder}`;
      },
    })
    .addHelpText("after", ({ command }) => ending(line, command.createHelp()));
  return parser;
}

function helpText({ common, flags }: CommandLine): string {
  if (common === undefined) return "show this help";
  const others = Object.keys(flags).length - common.length;
  return `show this help; --help all: also ${others} more flags`;
}

/** Returns the part of the help below the flags: lists and examples. */
function ending(line: CommandLine, help: Help): string {
  const lists = Object.entries(line.lists ?? {}).map(([title, names]) => {
    const width = Math.max(...[...names.keys()].map((name) => name.length));
    const items = [...names].map(([name, text]) =>
      help.formatItem(name, width, text, help)
    );
    return ["", title, ...items].join("\n");
  });
  const examples = line.examples.map((example) =>
    shellLine(`${line.program} ${example}`)
  );
  return [...lists, "", "Examples:", ...examples].join("\n");
}

/** Returns a command as typed in a shell; long lines break before flags. */
function shellLine(command: string): string {
  const lines = [""];
  for (const part of command.split(/ (?=--)/)) {
    const last = lines.at(-1)!;
    const joined = last === "" ? `  ${part}` : `${last} ${part}`;
    // Leave room for " \".
    if (joined.length <= WIDTH - 2) lines[lines.length - 1] = joined;
    else lines.push(`      ${part}`);
  }
  return lines.join(" \\\n");
}

/** Returns the paragraphs of a text, each on one line; the help wraps them. */
function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replaceAll(/\s+/g, " "))
    .filter((paragraph) => paragraph !== "");
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
