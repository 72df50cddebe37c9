import { BadInput } from "../../bad_input.ts";
import { shown } from "../quoted.ts";
import type { ArrayFile, StoredArray } from "./stored_array.ts";

/** Largest number of keys in a message. */
const MOST_SHOWN = 8;

/** The array that a caller expects. */
export interface Expected {
  /** Name in messages, such as "labels". */
  readonly what: string;
  /**
   * Kinds of arrays that may be meant in a file with several, the likeliest first: the
   * first kind of which there is one decides, and must be the only one of its kind.
   */
  readonly kinds: readonly ((array: StoredArray) => boolean)[];
}

/**
 * The array of a file with a key or, without one, the only array or the only one that
 * may be meant. A column of a table may also be given by its number, from 0; -1 is the
 * last one.
 *
 * @throws {BadInput} if there is no such array, or several may be meant
 */
export function chooseArray(
  file: ArrayFile,
  key: string | undefined,
  { what, kinds }: Expected,
): StoredArray {
  const { path, arrays } = file;
  if (key !== undefined) {
    const [found, ...more] = arraysOf(file, key);
    if (more.length === 0) return found;
    throw new BadInput(
      `Cannot read ${what} from ${path}:${key}: it is ${more.length + 1} ` +
        `columns but must be one`,
    );
  }
  if (arrays.length === 1) return arrays[0];
  for (const fits of kinds) {
    const fitting = arrays.filter(fits);
    if (fitting.length === 1) return fitting[0];
    if (fitting.length > 1) {
      throw ambiguous(what, path, `${namesOf(fitting)} all fit`);
    }
  }
  throw ambiguous(
    what,
    path,
    `none of its ${noun(file)} fits (${namesOf(arrays)})`,
  );
}

/**
 * The array with a key or, of a table, the columns `FIRST..LAST` or `PREFIX*`.
 *
 * @throws {BadInput} if there are none, or an end of the range is no column
 */
export function arraysOf(file: ArrayFile, key: string): StoredArray[] {
  const { arrays, isTable } = file;
  const named = arrays.filter((array) => array.key === key);
  if (named.length > 0) return named.slice(-1);
  if (!isTable) throw noSuch(file, key);
  if (key.endsWith("*")) {
    const prefix = key.slice(0, -1);
    const found = arrays.filter((column) => column.key?.startsWith(prefix));
    if (found.length > 0) return found;
  }
  const index = indexOf(arrays, key);
  return index === undefined ? columnRange(file, key) : [arrays[index]];
}

/** The columns `FIRST..LAST`, whose ends are names or numbers. */
function columnRange(file: ArrayFile, key: string): StoredArray[] {
  const { path, arrays } = file;
  // A name may contain dots too.
  const dots = [...key.matchAll(/\.(?=\.)/g)].map(({ index }) => index);
  const ranges = dots.map((at) => [key.slice(0, at), key.slice(at + 2)]);
  const found = ranges.map((ends) => ends.map((end) => indexOf(arrays, end)));
  const range = found.find((ends) => !ends.includes(undefined));
  if (range === undefined) {
    const missing = found[0]?.indexOf(undefined);
    throw noSuch(file, missing === undefined ? key : ranges[0][missing]);
  }
  const [first = 0, last = 0] = range;
  if (first <= last) return arrays.slice(first, last + 1);
  throw new BadInput(
    `Cannot read ${path}:${key}: the first column must not be after the last`,
  );
}

function noSuch(file: ArrayFile, key: string): BadInput {
  const { path, arrays, isTable } = file;
  return new BadInput(
    `Cannot read ${path}: it has no ${isTable ? "column" : "array"} ` +
      `${shown(key)}, but ${namesOf(arrays)}`,
  );
}

/**
 * The index of a column by name or number; undefined if there is none. Names that are
 * numbers exclude numbers from 0, as they would be taken for each other.
 */
function indexOf(
  columns: readonly StoredArray[],
  name: string,
): number | undefined {
  const named = columns.findIndex(({ key }) => key === name);
  if (named >= 0) return named;
  if (!/^-?\d+$/.test(name)) return undefined;
  const number = Number(name);
  const areNumbers = columns.some(({ key = "" }) => /^\d+$/.test(key));
  if (number >= 0 && areNumbers) return undefined;
  const index = number < 0 ? columns.length + number : number;
  return index >= 0 && index < columns.length ? index : undefined;
}

/** The arrays of a file in messages. */
export function namesOf(arrays: readonly StoredArray[]): string {
  const names = arrays.map(({ key }, index) =>
    key === undefined || key === "" ? `${index}` : shown(key)
  );
  const more = names.length - MOST_SHOWN;
  const shownNames = names.slice(0, MOST_SHOWN).join(", ");
  return shownNames + (more > 0 ? ` and ${more} more` : "");
}

/** What the parts of a file are called in messages. */
function noun({ isTable }: ArrayFile): string {
  return isTable ? "columns" : "arrays";
}

function ambiguous(what: string, path: string, found: string): BadInput {
  return new BadInput(
    `Cannot read ${what} from ${path}: ${found}; choose one with ${path}:KEY`,
  );
}
