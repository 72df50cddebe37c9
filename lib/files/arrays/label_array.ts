import { arraysOf, chooseArray, type Expected } from "./choose_array.ts";
import { joinColumns } from "./columns.ts";
import { isLabelName } from "./column_roles.ts";
import type { ArrayFile, ArrayValues, StoredArray } from "./stored_array.ts";

/** The values of labels and their name in messages. */
export interface StoredLabels {
  readonly values: ArrayValues;
  readonly source: string;
  /** Names of the columns of one-hot rows, if they have any. */
  readonly columnNames: readonly string[] | undefined;
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
 * one; otherwise its columns are one-hot rows, if all are whole numbers.
 *
 * @param what name of the labels in messages
 * @throws {BadInput} if there are none, or several arrays fit
 */
export function labelArray(
  file: ArrayFile,
  key: string | undefined,
  what: string,
): StoredLabels {
  if (key === undefined && file.isTable && file.arrays.length > 1) {
    const named = file.arrays.filter(({ key }) => isLabelName(key));
    if (named.length === 1) return one(named[0]);
    const { arrays } = file;
    if (
      arrays.every(({ type, shape }) => type === "whole" && shape.length < 2)
    ) {
      return joined(arrays, file.path);
    }
  }
  if (key !== undefined && file.isTable) {
    const columns = arraysOf(file, key);
    if (columns.length > 1) {
      return joined(columns, file.path);
    }
  }
  return one(chooseArray(file, key, { what, kinds: KINDS }));
}

function one(array: StoredArray): StoredLabels {
  const { source } = array;
  return { values: array.read(), source, columnNames: undefined };
}

/** Rows of several columns. */
function joined(
  columns: readonly StoredArray[],
  source: string,
): StoredLabels {
  const { data, rows, columns: width } = joinColumns(columns);
  const names = columns.flatMap(({ key }) => key?.trim() ?? []);
  return {
    values: { data, shape: [rows, width], type: "whole" },
    source,
    columnNames: names.length === width ? names : undefined,
  };
}
