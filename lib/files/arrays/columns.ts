import { BadInput } from "../../bad_input.ts";
import type { Matrix } from "../../matrix.ts";
import { namesOf } from "./choose_array.ts";
import { mayBeScore } from "./column_roles.ts";
import type { ArrayFile, StoredArray } from "./stored_array.ts";

/** Columns of a table, and what is worth knowing about the choice. */
export interface ChosenColumns {
  readonly columns: readonly StoredArray[];
  readonly remarks: readonly string[];
}

/**
 * The columns of a table that may be coordinates: all columns of numbers but those that
 * are labels, or named as labels, predictions or numbers of rows.
 *
 * @param labels columns that are labels
 */
export function valueColumns(
  file: ArrayFile,
  labels: readonly StoredArray[],
): ChosenColumns {
  const columns = file.arrays.filter((array, index) =>
    !labels.includes(array) && mayBeScore(array, index)
  );
  return chosenOf(file, columns, { labels, what: "coordinates" });
}

/**
 * Chosen columns with a remark that names the others, but for the labels.
 *
 * @param options `what`: what the chosen columns are, in the remark
 */
export function chosenOf(
  { path, arrays }: ArrayFile,
  columns: readonly StoredArray[],
  { labels, what }: {
    readonly labels: readonly StoredArray[];
    readonly what: string;
  },
): ChosenColumns {
  const used = new Set([...columns, ...labels]);
  const left = arrays.filter((array) => !used.has(array));
  if (left.length === 0) return { columns, remarks: [] };
  const word = left.length === 1 ? "column" : "columns";
  const be = left.length === 1 ? "is" : "are";
  return {
    columns,
    remarks: [
      `${path}: ${word} ${namesOf(left)} ${be} not among the ` +
      `${columns.length} ${what}`,
    ],
  };
}

/**
 * A matrix of columns of numbers.
 *
 * @throws {BadInput} if a column contains something else
 */
export function joinColumns(
  columns: readonly StoredArray[],
): Matrix<Float64Array> {
  const [rows] = columns[0].shape;
  const data = new Float64Array(rows * columns.length);
  columns.forEach((column, k) => {
    if (column.type === "text" || column.shape.length !== 1) {
      throw noNumbers(column);
    }
    const { data: values } = column.read();
    for (let i = 0; i < rows; i++) {
      data[i * columns.length + k] = Number(values[i]);
    }
  });
  return { data, rows, columns: columns.length };
}

/** The error of a column that should contain numbers. */
export function noNumbers({ source, oddCell }: StoredArray): BadInput {
  return new BadInput(
    `Cannot read ${source}: ` +
      (oddCell === undefined
        ? "it must contain numbers"
        : `${oddCell} but must have a number`),
  );
}
