import type { StoredArray } from "./stored_array.ts";

/** Names of columns of true classes. */
const LABELS =
  /^(y|y_?true|labels?|targets?|class|truth|ground_?truth|(true|target|class)_(label|class|id|index|y))$/i;
/** Names of columns next to scores that are none. */
const OTHERS =
  /^(|unnamed: 0|__index_level_0__|(.*[_ ])?(id|idx|index)|rows?|(y_?)?pred(icted|iction)?s?([_ ](label|class|y))?|confidence|fold|split)$/i;
/** Names among these that a class may have too; labels and row numbers are whole. */
const MAY_BE_CLASSES =
  /^(y|targets?|class|truth|id|idx|index|rows?|fold|split)$/i;

/** Rows from which unnamed numbers that count them are no values by chance. */
const FEWEST_COUNTED = 3;

/** Whether a column has a usual name for the true classes. */
export function isLabelName(name: string | undefined): boolean {
  return name !== undefined && LABELS.test(name.trim());
}

/**
 * Whether an array is a column of numbers, and not of booleans. If a few of its cells are
 * no numbers it is one too, so that it is refused and not left out.
 */
export function isNumberColumn({ shape, type, oddCell }: StoredArray): boolean {
  return shape.length === 1 &&
    (type === "real" || type === "whole" || oddCell !== undefined);
}

/**
 * Whether a column of numbers may be a score: it has no name for labels, predictions
 * or the numbers of the rows, and, if it has none at all, does not count the rows. A
 * column `y`, `class` or `id` with fractions can be neither labels nor row numbers.
 */
export function mayBeScore(column: StoredArray, index: number): boolean {
  if (!isNumberColumn(column)) return false;
  if (column.key === undefined) return index > 0 || !countsRows(column);
  const name = column.key.trim();
  if (!LABELS.test(name) && !OTHERS.test(name)) return true;
  return MAY_BE_CLASSES.test(name) && hasFractions(column);
}

function hasFractions({ type, read }: StoredArray): boolean {
  // A column of text or booleans has none; NaN and infinities are no fractions.
  return type === "real" && Array.prototype.some.call(
    read().data,
    (value) => Number.isFinite(value) && !Number.isInteger(value),
  );
}

function countsRows({ type, shape: [rows], read }: StoredArray): boolean {
  if (type !== "whole" || rows < FEWEST_COUNTED) return false;
  const { data } = read();
  return Number(data[0]) <= 1 &&
    Array.prototype.every.call(
      data,
      (value, i) => Number(value) === Number(data[0]) + i,
    );
}
