import { BadInput } from "../../bad_input.ts";
import { BadSetting } from "../../setting_rules.ts";
import { quoted, shown } from "../quoted.ts";
import { namesOf } from "./choose_array.ts";
import { type ColumnFamily, scoreFamilies } from "./column_families.ts";
import { isNumberColumn, mayBeScore } from "./column_roles.ts";
import { type ChosenColumns, chosenOf } from "./columns.ts";
import type { ArrayFile, StoredArray } from "./stored_array.ts";

/** What is known about the names of the classes. */
export interface KnownNames {
  /** Names of all classes, if they are given. */
  readonly all: readonly string[] | undefined;
  /** Names of some classes: labels that are text. */
  readonly some: ReadonlySet<string>;
}

const NO_NAMES: KnownNames = { all: undefined, some: new Set() };

/** Names of measures of a prediction or its row, which a class may have too. */
const MEASURES =
  /^(nll|loss|(max_?)?(prob|probability|logit)|score|margin|entropy|temperature|weights?|sample_?weight|seed|epoch|time|(is_?)?correct|accuracy)$/i;
/** Rows from which whole numbers in one column only are no scores by chance. */
const FEWEST_WHOLE = 10;

/**
 * The columns of a table that are scores, at least two: those with the names of all
 * classes; otherwise a family such as `logit_0` to `logit_9`; otherwise all columns of
 * numbers but those that are named as labels, predictions or numbers of rows.
 *
 * @param labels columns that are labels
 * @param options `names` of the classes; text of a label makes a column a class
 * @throws {BadInput} if there are fewer, or columns may be scores or something else
 */
export function scoreColumns(
  file: ArrayFile,
  labels: readonly StoredArray[],
  { names = NO_NAMES }: { readonly names?: KnownNames | undefined },
): ChosenColumns {
  const isClass = ({ key }: StoredArray) =>
    key !== undefined && names.some.has(key.trim());
  const possible = file.arrays.filter((column, index) =>
    !labels.includes(column) &&
    (isClass(column) && isNumberColumn(column) || mayBeScore(column, index))
  );
  const columns = namedColumns(file, labels, names.all) ??
    familyOf(file, possible, isClass) ?? possible;
  if (columns === possible) checkAll(file, columns, isClass);
  if (columns.length > 1) {
    return chosenOf(file, columns, { labels, what: "scores" });
  }
  throw tooFew(file, columns);
}

/** The columns with the names of all classes, if each has one. */
function namedColumns(
  { arrays }: ArrayFile,
  labels: readonly StoredArray[],
  names: readonly string[] | undefined,
): readonly StoredArray[] | undefined {
  const wanted = new Set(names);
  const found = arrays.filter((column) =>
    !labels.includes(column) && isNumberColumn(column) &&
    column.key !== undefined && wanted.has(column.key.trim())
  );
  return wanted.size > 1 && found.length === wanted.size ? found : undefined;
}

/** The only family of columns that contains all columns that are known as classes. */
function familyOf(
  { path }: ArrayFile,
  possible: readonly StoredArray[],
  isClass: (column: StoredArray) => boolean,
): readonly StoredArray[] | undefined {
  const known = possible.filter(isClass);
  const families = scoreFamilies(possible).filter(({ columns }) =>
    new Set(columns).isSupersetOf(new Set(known))
  );
  if (families.length === 0) return undefined;
  const [{ columns }, second] = families;
  if (second !== undefined) {
    throw ambiguous(
      path,
      `${families.map(rangeOf).join(" and ")} may each be the scores`,
    );
  }
  const family = new Set(columns);
  const others = possible.filter((column) => !family.has(column));
  if (others.length < columns.length) return columns;
  throw ambiguous(
    path,
    `${namesOf(others)} may be scores next to ${rangeOf(families[0])}`,
  );
}

function rangeOf({ columns }: ColumnFamily): string {
  return `${shown(columns[0].key!)}..${shown(columns.at(-1)!.key!)}`;
}

/** Throws if one of several columns of scores may be something else. */
function checkAll(
  { path }: ArrayFile,
  columns: readonly StoredArray[],
  isClass: (column: StoredArray) => boolean,
): void {
  const measures = columns.filter((column) =>
    MEASURES.test(column.key?.trim() ?? "") && !isClass(column)
  );
  if (measures.length > 0 && measures.length < columns.length) {
    throw ambiguous(path, `${namesOf(measures)} may be a class or a measure`);
  }
  const odd = columns.filter(isIndex);
  if (odd.length !== 1 || isClass(odd[0])) return;
  if (columns.every((column) => column === odd[0] || column.type === "real")) {
    throw ambiguous(path, `${odd[0].source} has whole numbers as labels have`);
  }
}

/** Whether a column has many whole numbers of at least 0 that are not all equal. */
function isIndex({ type, shape: [rows], read }: StoredArray): boolean {
  if (type !== "whole" || rows < FEWEST_WHOLE) return false;
  const { data } = read();
  const values = Array.from(data, Number);
  return values.every((value) => value >= 0) &&
    values.some((value) => value !== values[0]);
}

function ambiguous(path: string, found: string): BadInput {
  return new BadInput(
    `Cannot read scores from ${path}: ${found}; choose columns with ` +
      `${path}:FIRST..LAST or ${path}:PREFIX*`,
  );
}

function tooFew(
  { path, arrays }: ArrayFile,
  columns: readonly StoredArray[],
): BadInput {
  const found = columns.length === 0 ? "none" : `only ${namesOf(columns)}`;
  const text = arrays.find(({ type }) => type === "text")?.read().data[0];
  const example = columns.length === 0 && text !== undefined
    ? ` (text such as ${quoted(`${text}`)} is no score)`
    : "";
  return new BadSetting((nameOf) =>
    `Cannot read scores from ${path}: a column for each of at least 2 classes ` +
    `is needed, but ${found} of ${
      namesOf(arrays)
    } may be one${example}; choose columns ` +
    `with ${path}:FIRST..LAST, or one with ${path}:NAME and ${nameOf("binary")}`
  );
}
