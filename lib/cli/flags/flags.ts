import { BadInput, checkRange, checkWhole } from "../../bad_input.ts";
import { userPath } from "../../files/user_folders.ts";
import { nearest } from "./nearest.ts";

/** How the text of a flag is parsed. */
export interface FlagKind<Value> {
  /** Stands for the value in the help; undefined for a switch. */
  readonly placeholder: string | undefined;
  readonly help: string;
  /**
   * Returns the value of a text.
   *
   * @param flag name for messages, such as `--batch-size`
   * @throws {BadInput} with the flag, its value and what is allowed
   */
  readonly parse: (text: string, flag: string) => Value;
  /** Whether the value is a list, and the flag may be given several times. */
  readonly repeats?: true;
}

/** One flag of a command. */
export interface Flag<Value> extends FlagKind<Value> {
  readonly required: boolean;
  /** Value if the flag is left out. */
  readonly fallback: Value | undefined;
}

/** The flags of a command by key: `batchSize` is `--batch-size`. */
export type Flags = Readonly<Record<string, Flag<unknown>>>;

/** The parsed values of a command's flags. */
export type Values<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends Flag<infer Value> ? Value
    : never;
};

/** A flag that must be given. */
export function required<Value>(kind: FlagKind<Value>): Flag<Value> {
  return { ...kind, required: true, fallback: undefined };
}

/** A flag that may be left out. */
export function optional<Value>(
  kind: FlagKind<Value>,
): Flag<Value | undefined> {
  return { ...kind, required: false, fallback: undefined };
}

/** A flag with a default value. */
export function withDefault<Value>(
  fallback: Value,
  kind: FlagKind<Value>,
): Flag<Value> {
  return { ...kind, required: false, fallback };
}

/** A flag without a value: a switch. */
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
 * One of several fixed values. The help lists them, before a default at its
 * end.
 *
 * @param listed `false` if the help explains the choices elsewhere
 */
export function choice<const Choice extends string>(
  choices: readonly Choice[],
  { placeholder, help, listed = true }: {
    readonly placeholder: string;
    readonly help: string;
    readonly listed?: boolean;
  },
): FlagKind<Choice> {
  return {
    placeholder,
    help: listed ? listChoices(help, choices) : help,
    parse(text, flag) {
      const found = choices.find((choice) => choice === text);
      if (found !== undefined) return found;
      throw new BadInput(
        `${flag} must be one of ${choices.join(", ")}: current value is ` +
          `${text || '""'}${suggestion(text, choices)}`,
      );
    },
  };
}

function listChoices(help: string, choices: readonly string[]): string {
  const [, text, ending] = /^(.*?)( \(default: [^)]*\))?$/s.exec(help)!;
  return `${text}: ${choices.join(", ")}${ending ?? ""}`;
}

/** Returns ", did you mean …?" for a text that is probably misspelt, or "". */
export function suggestion(text: string, choices: readonly string[]): string {
  const found = nearest(text, choices);
  return found === undefined ? "" : `, did you mean ${found}?`;
}

/** A file or folder; see `userPath()`. */
export function path(placeholder: string, help: string): FlagKind<string> {
  return {
    placeholder,
    help,
    parse(text, flag) {
      if (text === "") throw new BadInput(`${flag} must not be empty`);
      return userPath(text);
    },
  };
}

/** Limits of a number, as in `checkRange`. */
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

/** Comma-separated numbers, each in a range. */
export function numbers(
  range: Range,
  help: string,
): FlagKind<readonly number[]> {
  const kind = number(range, help);
  return {
    placeholder: "X,X",
    help,
    parse: (text, flag) =>
      text.split(",").map((part) => kind.parse(part, flag)),
  };
}

/** Comma-separated values without duplicates. */
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
      throw new BadInput(
        `${flag} must not repeat a value: ${twice} is twice in ${text}`,
      );
    },
  };
}

function parseNumber(text: string, flag: string): number {
  const decimal = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
  if (decimal.test(text)) return Number(text);
  throw new BadInput(
    `${flag} must be a number: current value is ${text || '""'}`,
  );
}
