import type { Command, Help } from "@commander-js/extra-typings";
import type { Flags } from "./flags.ts";

const WIDTH = 80;

/** What a command takes, and what its help says about it. */
export interface CommandLine<Given extends Flags = Flags> {
  /** What is typed ahead of its name: `deno task ils`. */
  readonly program: string;
  readonly name: string;
  /** What it does, in one line that starts with a small letter. */
  readonly summary: string;
  readonly flags: Given;
  /** Lines that a person would type after `program`. */
  readonly examples: readonly string[];
  /** The flag whose value may also be given without it: `export RUN`. */
  readonly first?: string;
  /** More about the command: paragraphs, with an empty line between two. */
  readonly notes?: string;
  /** Explanations of names, by the title of their list. */
  readonly lists?: Readonly<Record<string, ReadonlyMap<string, string>>>;
}

/** Gives a parser the help of a command, except for its flags. */
export function describe(parser: Command, line: CommandLine): Command {
  const { program, name, summary, flags, first, notes = "" } = line;
  const placeholders = new Map(
    Object.entries(flags).map(([key, flag]) => [key, flag.placeholder]),
  );
  const bare = first === undefined ? "" : `${placeholders.get(first)} `;
  if (first !== undefined) parser.argument(`[${first}]`);
  parser.name(`${program} ${name}`).usage(`${bare}[flags]`).optionsGroup(
    "Flags:",
  )
    .helpOption("-h, --help", "show this help")
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

/** What stands below the flags: lists of names, and examples. */
function ending(line: CommandLine, help: Help): string {
  const lists = Object.entries(line.lists ?? {}).map(([title, names]) => {
    const wide = Math.max(...[...names.keys()].map((name) => name.length));
    const items = [...names].map(([name, text]) =>
      help.formatItem(name, wide, text, help)
    );
    return ["", title, ...items].join("\n");
  });
  const examples = line.examples.map((example) =>
    shellLine(`${line.program} ${example}`)
  );
  return [...lists, "", "Examples:", ...examples].join("\n");
}

/** A command as it is typed, broken before flags where it is long. */
function shellLine(command: string): string {
  const lines = [""];
  for (const part of command.split(/ (?=--)/)) {
    const last = lines.at(-1)!;
    const joined = last === "" ? `  ${part}` : `${last} ${part}`;
    // Two places are for the backslash.
    if (joined.length <= WIDTH - 2) lines[lines.length - 1] = joined;
    else lines.push(`      ${part}`);
  }
  return lines.join(" \\\n");
}

/** Paragraphs of a text, each on one line; the help wraps them. */
function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replaceAll(/\s+/g, " "))
    .filter((paragraph) => paragraph !== "");
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
