import { relative, resolve } from "node:path";
import { BadInput, checkRange, checkWhole } from "../../bad_input.ts";
import { nearest } from "./nearest.ts";

/** How a flag's text becomes a value. */
export interface FlagKind<Value> {
  /** What stands for the value in the help; a switch takes none. */
  readonly placeholder: string | undefined;
  readonly help: string;
  /**
   * @param flag the flag as it is written, for messages
   * @throws {BadInput} that names the flag, what it held and what is allowed
   */
  readonly parse: (text: string, flag: string) => Value;
}

/** One flag of a command. */
export interface Flag<Value> extends FlagKind<Value> {
  readonly required: boolean;
  /** The value where the flag is not given. */
  readonly fallback: Value | undefined;
}

/** The flags of a command by their names: `batchSize` is `--batch-size`. */
export type Flags = Readonly<Record<string, Flag<unknown>>>;

/** What the flags of a command held. */
export type Values<Given extends Flags> = {
  readonly [Name in keyof Given]: Given[Name] extends Flag<infer Value> ? Value
    : never;
};

/** `batchSize` as `--batch-size`. */
export function flagName(key: string): string {
  const dashed = key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  return `--${dashed}`;
}

/** A flag that has to be given. */
export function required<Value>(kind: FlagKind<Value>): Flag<Value> {
  return { ...kind, required: true, fallback: undefined };
}

/** A flag that may be left out. */
export function optional<Value>(
  kind: FlagKind<Value>,
): Flag<Value | undefined> {
  return { ...kind, required: false, fallback: undefined };
}

/** A flag that has a value also where it is not given. */
export function byDefault<Value>(
  fallback: Value,
  kind: FlagKind<Value>,
): Flag<Value> {
  return { ...kind, required: false, fallback };
}

/** A flag without a value: there or not. */
export function toggle(help: string): Flag<boolean> {
  return {
    placeholder: undefined,
    help,
    parse: () => true,
    required: false,
    fallback: false,
  };
}

/** Any text that is not empty. */
export function text(placeholder: string, help: string): FlagKind<string> {
  return {
    placeholder,
    help,
    parse(text, flag) {
      if (text !== "") return text;
      throw new BadInput(`${flag} must not be empty`);
    },
  };
}

/**
 * One of a few words.
 *
 * @param listed `false` if the words are explained elsewhere in the help
 */
export function choice<const Word extends string>(
  words: readonly Word[],
  { placeholder, help, listed = true }: {
    readonly placeholder: string;
    readonly help: string;
    readonly listed?: boolean;
  },
): FlagKind<Word> {
  return {
    placeholder,
    help: listed ? `${help}: ${words.join(", ")}` : help,
    parse(text, flag) {
      const word = words.find((word) => word === text);
      if (word !== undefined) return word;
      throw new BadInput(
        `${flag} must be one of ${words.join(", ")}: ` +
          `current value is ${text}${suggestion(text, words)}`,
      );
    },
  };
}

/** The end of a message about a word that is probably misspelt. */
export function suggestion(given: string, words: readonly string[]): string {
  const meant = nearest(given, words);
  return meant === undefined ? "" : `, did you mean ${meant}?`;
}

/**
 * A file or folder. A relative one counts from where the user stands: a Deno
 * task runs in the project's folder, and keeps the user's in `INIT_CWD`.
 */
export function path(placeholder: string, help: string): FlagKind<string> {
  return {
    placeholder,
    help,
    parse(text, flag) {
      if (text === "") throw new BadInput(`${flag} must not be empty`);
      const stand = Deno.env.get("INIT_CWD");
      if (!stand || relative(stand, Deno.cwd()) === "") return text;
      return resolve(stand, text);
    },
  };
}

/** Several files with commas between them, each as `path` takes it. */
export function paths(
  placeholder: string,
  help: string,
): FlagKind<readonly string[]> {
  const kind = path(placeholder, help);
  return {
    ...kind,
    parse: (text, flag) =>
      text.split(",").map((part) => kind.parse(part, flag)),
  };
}

/** Limits of a number, as `checkRange` takes them. */
export type Range = Parameters<typeof checkRange>[2];

/** A finite number in a range. */
export function number(
  range: Range,
  help: string,
  placeholder = "X",
): FlagKind<number> {
  return {
    placeholder,
    help,
    parse(text, flag) {
      const value = parseNumber(text, flag);
      checkRange(flag, value, range);
      return value;
    },
  };
}

/** A whole number of at least `least`. */
export function whole(
  least: number,
  help: string,
  placeholder = "N",
): FlagKind<number> {
  return {
    placeholder,
    help,
    parse(text, flag) {
      const value = parseNumber(text, flag);
      checkWhole(flag, value, least);
      return value;
    },
  };
}

/** Several numbers with commas between them, each in a range. */
export function numbers(
  range: Range,
  help: string,
): FlagKind<readonly number[]> {
  return {
    placeholder: "X,X",
    help,
    parse: (text, flag) =>
      text.split(",").map((part) => {
        const value = parseNumber(part, flag);
        checkRange(flag, value, range);
        return value;
      }),
  };
}

/** Several values with commas between them, none of them twice. */
export function several<Value>(
  kind: FlagKind<Value>,
): FlagKind<readonly Value[]> {
  return {
    placeholder: `${kind.placeholder},${kind.placeholder}`,
    help: kind.help,
    parse(text, flag) {
      const values = text.split(",").map((part) => kind.parse(part, flag));
      const twice = values.find((value, i) => values.indexOf(value) < i);
      if (twice === undefined) return values;
      throw new BadInput(`${flag} holds ${twice} twice: ${text}`);
    },
  };
}

function parseNumber(text: string, flag: string): number {
  const decimal = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
  if (decimal.test(text)) return Number(text);
  throw new BadInput(`${flag} must be a number: current value is ${text}`);
}
