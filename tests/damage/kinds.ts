/** Kinds of files, and the damages that many of them share. */
import {
  cutShort,
  type Damage,
  danglingLink,
  empty,
  folder,
  foreign,
  sparse,
  unreadable,
} from "./damages.ts";

/** A file that counts as absent, so that the work is done again. */
export const ABSENT = "absent";

/** A damage that a kind of file cannot show, such as a changed digit in a text. */
export const READ = "read";

/** Name of a damage, the damage, and the message or what becomes of the file. */
export type Row = readonly [
  name: string,
  damage: Damage | "gone when opened",
  expected: RegExp | typeof ABSENT | typeof READ,
];

/** The rows of a reader. */
export interface Kind {
  /** Name in `READERS`. */
  readonly reader: string;
  /** Text in the valid file that is damaged (any valid file). */
  readonly like?: RegExp;
  readonly rows: readonly Row[];
}

export const CUT = /: it is cut short$/;
export const EMPTY = /: it is empty$/;
const NO_JSON = /: it is not JSON/;
const NO_FILE = /: there is no such file$/;
const NOT_FOUND = /^Cannot find .* in /;

/** The damages that have the same message for every file. */
export function always(
  large: RegExp = /: it has 8589934593 bytes, more than 8 GiB$/,
  link: Row[2] = /: it is a link to a file that does not exist$/,
  gone: Row[2] = NO_FILE,
): Row[] {
  const place = link === NOT_FOUND ? NOT_FOUND : /: it is a folder$/;
  return [
    ["a folder", folder, place],
    ["a dangling link", danglingLink, link],
    ["huge", sparse(2 ** 33 + 1), large],
    ["unreadable", unreadable, /: Permission denied/],
    ["gone between look and open", "gone when opened", gone],
  ];
}

export const ARRAYS = always();
export const IN_FOLDER = always(undefined, NOT_FOUND);
export const TEXT = always(/: it is larger than 256 MiB$/);
export const RECORD = always(/: it is larger than 256 MiB$/, undefined, ABSENT);

/** Damages of a file of JSON, and those of its kind. */
export function json(reader: string, always: readonly Row[], own: Row[]): Kind {
  const rows: Row[] = [
    ["cut short", cutShort(), CUT],
    ["empty", empty, EMPTY],
    ["of a foreign format", foreign, NO_JSON],
    ...always,
    ...own,
  ];
  return { reader, rows };
}
