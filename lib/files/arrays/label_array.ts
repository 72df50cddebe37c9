import { booleansIn } from "./boolean_texts.ts";
import { arraysOf, chooseArray, type Expected } from "./choose_array.ts";
import { joinColumns } from "./columns.ts";
import { isLabelName, mayBeScore } from "./column_roles.ts";
import type { ArrayFile, ArrayValues, StoredArray } from "./stored_array.ts";

/** The values of labels and their name in messages. */
export interface StoredLabels {
  readonly values: ArrayValues;
  readonly source: string;
  /** The arrays of the file that they are. */
  readonly columns: readonly StoredArray[];
}

const isColumn = ({ shape }: StoredArray) =>
  shape.length === 1 || (shape.length === 2 && shape[1] === 1);
const isDiscrete = ({ type }: StoredArray) =>
  type === "whole" || type === "boolean" || type === "text";

/** Labels are rather indices than reals, and rather one column than one-hot rows. */
const KINDS: Expected["kinds"] = [
  (array) => isColumn(array) && isDiscrete(array),
  (array) => isColumn(array) && array.type === "real",
  (array) => array.shape.length === 2 && isDiscrete(array),
];

/**
 * The labels in a file: the array or column with the key, or the only one that fits. Of
 * a table without a key it is the column with a usual name, such as `label`, or the only
 * one besides numbers of rows; otherwise its columns are one-hot rows, if all are whole
 * numbers or booleans.
 *
 * @param what name of the labels in messages
 * @throws {BadInput} if there are none, or several arrays fit
 */
export function labelArray(
  file: ArrayFile,
  key: string | undefined,
  what: string,
): StoredLabels {
  const { path, isTable } = file;
  if (!isTable) return one(chooseArray(file, key, { what, kinds: KINDS }));
  if (key !== undefined) {
    const columns = arraysOf(file, key);
    return columns.length > 1 ? joined(columns, path) : one(columns[0]);
  }
  const arrays = withoutRowNumbers(file.arrays);
  const areIndicators = arrays.length > 1 && arrays.every(isIndicator);
  const named = arrays.filter(({ key }) => isLabelName(key));
  if (named.length === 1 && !(areIndicators && areOneHot(arrays))) {
    return one(named[0]);
  }
  if (areIndicators) return joined(arrays, path);
  return one(chooseArray({ ...file, arrays }, key, { what, kinds: KINDS }));
}

/** The columns without those that are named as numbers of rows or predictions. */
function withoutRowNumbers(
  arrays: readonly StoredArray[],
): readonly StoredArray[] {
  const rest = arrays.filter((array, index) =>
    array.shape.length !== 1 || isLabelName(array.key) ||
    mayBeScore({ ...array, type: "whole" }, index)
  );
  return rest.length === 0 ? arrays : rest;
}

/** Whether a column may be one of one-hot rows. */
function isIndicator({ shape, type, read }: StoredArray): boolean {
  if (shape.length > 1 || type === undefined) return false;
  if (type === "whole" || type === "boolean") return true;
  const { data } = read();
  return type === "text"
    ? booleansIn(data as readonly string[]) !== undefined
    : (data as Float64Array).every(Number.isInteger);
}

/** Whether at least three columns are one-hot rows, so that none is labels. */
function areOneHot(columns: readonly StoredArray[]): boolean {
  if (columns.length < 3) return false;
  const { data, rows, columns: width } = joinColumns(columns.map(asNumbers));
  const isBit = (value: number) => value === 0 || value === 1;
  if (!data.every(isBit)) return false;
  return Array.from({ length: rows }, (_, i) => i * width).every((at) =>
    data.subarray(at, at + width).reduce((a, b) => a + b) === 1
  );
}

function one(array: StoredArray): StoredLabels {
  return { values: array.read(), source: array.source, columns: [array] };
}

/** Rows of several columns. */
function joined(
  columns: readonly StoredArray[],
  source: string,
): StoredLabels {
  const { data, rows, columns: width } = joinColumns(columns.map(asNumbers));
  return {
    values: { data, shape: [rows, width], type: "whole" },
    source,
    columns,
  };
}

/** A column of texts such as `True` as booleans; other columns as they are. */
function asNumbers(column: StoredArray): StoredArray {
  if (column.type !== "text") return column;
  const { data, shape } = column.read();
  const booleans = booleansIn(data as readonly string[]);
  if (booleans === undefined) return column;
  const values: ArrayValues = { data: booleans, shape, type: "boolean" };
  return { ...column, type: "boolean", read: () => values };
}
