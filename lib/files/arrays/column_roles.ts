import type { StoredArray } from "./stored_array.ts";

/** Names of columns of true classes, and of columns next to scores that are none. */
const LABELS =
  /^(y|y_?true|labels?|targets?|class|truth|ground_?truth|(true|target|class)_(label|class|id|index|y))$/i;
const OTHERS =
  /^(|unnamed: 0|__index_level_0__|(.*[_ ])?(id|idx|index)|rows?|(y_?)?pred(icted|iction)?s?([_ ](label|class|y))?|confidence|fold|split)$/i;

/** Rows from which unnamed numbers that count them are no values by chance. */
const FEWEST_COUNTED = 3;

/** Whether a column has a usual name for the true classes. */
export function isLabelName(name: string | undefined): boolean {
  return name !== undefined && LABELS.test(name.trim());
}

/**
 * Whether a column of numbers may be a score: it has no name for labels, predictions
 * or the numbers of the rows, and, if it has none at all, does not count the rows.
 */
export function mayBeScore(column: StoredArray, index: number): boolean {
  const { key, type } = column;
  if (column.shape.length !== 1 || type === "text" || type === undefined) {
    return false;
  }
  if (key !== undefined) return !isLabelName(key) && !OTHERS.test(key.trim());
  return index > 0 || !countsRows(column);
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
