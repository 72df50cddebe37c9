import { BadInput } from "../../bad_input.ts";
import { asPoints, type Points } from "../../matrix_kinds.ts";
import { shapeText } from "../npy_header.ts";
import { arraysOf, chooseArray, type Expected } from "./choose_array.ts";
import { joinColumns, valueColumns } from "./columns.ts";
import { type LabelPlace, labelsIn } from "./labels_in.ts";
import type { ArrayFile } from "./stored_array.ts";

/** Points and what is worth knowing about how they were read. */
export interface StoredPoints {
  readonly points: Points;
  readonly remarks: readonly string[];
}

const KINDS: Expected["kinds"] = [
  ({ shape, type }) => shape.length === 2 && type === "real",
  ({ shape, type }) => shape.length === 2 && type !== "text",
];

/**
 * The points in a file: a matrix, a list of numbers, or columns of a table; without a
 * key all columns of numbers but those of labels and numbers of rows.
 *
 * @param labels where the labels are in the same file; undefined if not in it
 * @throws {BadInput} if there are none, or several arrays fit
 */
export function pointArray(
  file: ArrayFile,
  key: string | undefined,
  labels?: LabelPlace,
): StoredPoints {
  const isSpread = file.isTable &&
    !file.arrays.some(({ shape }) => shape.length === 2);
  if (isSpread || (file.isTable && key !== undefined)) {
    const { columns, remarks } = key === undefined
      ? valueColumns(file, labelsIn(file, labels))
      : { columns: arraysOf(file, key), remarks: [] };
    if (columns.length > 0) {
      const points = asPoints(joinColumns(columns));
      return { points, remarks: [...file.remarks, ...remarks] };
    }
  }
  const { source, read } = chooseArray(file, key, {
    what: "points",
    kinds: KINDS,
  });
  const { data, shape, type } = read();
  const [rows, columns = 1] = shape;
  if (type === "text") {
    throw new BadInput(
      `Cannot read points from ${source}: they are text but must be numbers`,
    );
  }
  const fits = shape.length === 1 || shape.length === 2;
  if (!fits || rows < 1 || columns < 1) {
    throw new BadInput(
      `Cannot read points from ${source}: its shape is ${shapeText(shape)} ` +
        `but must be (rows, columns) or (rows,) with at least 1 of each`,
    );
  }
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const numbers = isFloat
    ? data
    : Float64Array.from(data as ArrayLike<unknown>, Number);
  return {
    points: asPoints({ data: numbers, rows, columns }),
    remarks: file.remarks,
  };
}
