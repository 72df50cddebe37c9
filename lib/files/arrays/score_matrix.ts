import { BadInput } from "../../bad_input.ts";
import type { PlainMatrix } from "../../matrix_kinds.ts";
import { BadSetting } from "../../setting_rules.ts";
import { shapeText } from "../npy_header.ts";
import { arraysOf, chooseArray, namesOf } from "./choose_array.ts";
import { type ChosenColumns, joinColumns, valueColumns } from "./columns.ts";
import type { ArrayFile, ArrayValues, StoredArray } from "./stored_array.ts";

/** Scores of classes as they are in a file. */
export interface StoredScores {
  /** `[n, classes]`, or `[n, 1]` with `binary`. */
  readonly matrix: PlainMatrix;
  /** Whether they are stored as whole numbers. */
  readonly areWhole: boolean;
  /** Names of the columns, if they are columns of a table with a header. */
  readonly columnNames: readonly string[] | undefined;
  /** Name of the array in messages. */
  readonly source: string;
  readonly remarks: readonly string[];
}

/** How scores are found. */
export interface ScoreOptions {
  /** Whether they are one column, the scores of class 1 of two. */
  readonly binary: boolean;
  /** Key of the labels, if they are in the same file. */
  readonly labelKey: string | undefined;
}

const isMatrix = ({ shape }: StoredArray) => squeezed(shape).length === 2;
const isColumn = ({ shape }: StoredArray) => squeezed(shape).length === 1;
const isReal = ({ type }: StoredArray) => type === "real";
const isNumeric = ({ type }: StoredArray) =>
  type === "real" || type === "whole";

/**
 * The scores in a file: a matrix with the key, the only one or the only one that fits,
 * or columns of a table. Without a key these are all columns of numbers but those of
 * labels, predictions and numbers of rows.
 *
 * @throws {BadInput} if there are none, or several matrices fit
 */
export function scoreMatrix(
  file: ArrayFile,
  key: string | undefined,
  options: ScoreOptions,
): StoredScores {
  const { isTable } = file;
  const labels = options.labelKey === undefined
    ? []
    : arraysOf(file, options.labelKey);
  const arrays = file.arrays.filter((array) => !labels.includes(array));
  const isSpread = isTable && !options.binary && !arrays.some(isMatrix);
  if (isTable && (isSpread || key !== undefined)) {
    const { columns, remarks } = key === undefined
      ? scoreColumns(file, labels)
      : { columns: arraysOf(file, key), remarks: [] };
    if (columns.length > 1) {
      return joined(file, columns, remarks);
    }
  }
  const shape = options.binary ? isColumn : isMatrix;
  const found = chooseArray({ ...file, arrays }, key, {
    what: "scores",
    kinds: [
      (array) => shape(array) && isReal(array),
      (array) => shape(array) && isNumeric(array),
    ],
  });
  return fromArray(found.read(), found.source, options);
}

/** The columns of a table that may be scores, at least two. */
function scoreColumns(
  file: ArrayFile,
  labels: readonly StoredArray[],
): ChosenColumns {
  const { path, arrays } = file;
  const chosen = valueColumns(file, labels, "scores");
  const { columns } = chosen;
  if (columns.length > 1) return chosen;
  const found = columns.length === 0 ? "none" : `only ${namesOf(columns)}`;
  throw new BadSetting((nameOf) =>
    `Cannot read scores from ${path}: a column for each of at least 2 classes ` +
    `is needed, but ${found} of ${
      namesOf(arrays)
    } may be one; choose columns ` +
    `with ${path}:FIRST..LAST, or one with ${path}:NAME and ${nameOf("binary")}`
  );
}

/** A matrix of columns, in the order of the numbers in their names. */
function joined(
  { path }: ArrayFile,
  given: readonly StoredArray[],
  remarks: readonly string[],
): StoredScores {
  const columns = inOrder(given);
  const matrix = joinColumns(columns);
  if (matrix.rows === 0) {
    throw new BadInput(`Cannot read scores from ${path}: it has no rows`);
  }
  const areSorted = columns.every((column, k) => column === given[k]);
  return {
    matrix,
    areWhole: columns.every(({ type }) => type === "whole"),
    columnNames: columns[0].key === undefined
      ? undefined
      : columns.map(({ key }) => key!.trim()),
    source: path,
    remarks: areSorted ? remarks : [
      ...remarks,
      `${path}: columns are sorted by the numbers in their names`,
    ],
  };
}

/** Sorts columns whose names differ only in the numbers of the classes. */
function inOrder(columns: readonly StoredArray[]): readonly StoredArray[] {
  const parts = columns.map(({ key = "" }) => {
    const prefix = withoutNumber(key);
    return { prefix, number: key.slice(prefix.length) };
  });
  const [{ prefix }] = parts;
  if (parts.some((part) => part.number === "" || part.prefix !== prefix)) {
    return columns;
  }
  const numbered = columns
    .map((column, k) => ({ column, number: Number(parts[k].number) }))
    .sort((a, b) => a.number - b.number);
  const least = numbered[0].number;
  const isComplete = numbered.every(({ number }, k) => number === least + k);
  return isComplete ? numbered.map(({ column }) => column) : columns;
}

/** A name without the digits at its end. */
function withoutNumber(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] >= "0" && name[end - 1] <= "9") end--;
  return name.slice(0, end);
}

function fromArray(
  { data, shape, type }: ArrayValues,
  source: string,
  { binary }: ScoreOptions,
): StoredScores {
  const doing = `Cannot read scores from ${source}`;
  if (type === "text") {
    throw new BadInput(`${doing}: they are text but must be numbers`);
  }
  const axes = squeezed(shape);
  const [rows, columns = 1] = axes;
  const shown = shapeText(shape);
  if (columns === 1 && !binary && axes.length === 1) {
    throw new BadSetting((nameOf) =>
      `${doing}: its shape is ${shown} but must be (rows, classes); ` +
      `${nameOf("binary")} takes the scores of class 1 of two`
    );
  }
  if (axes.length < 1 || axes.length > 2 || rows < 1 || columns < 1) {
    throw new BadInput(
      `${doing}: its shape is ${shown} but must be (rows, classes) with at ` +
        "least 1 row and 2 classes",
    );
  }
  if (binary && columns > 1) {
    throw new BadSetting((nameOf) =>
      `${doing}: its shape is ${shown} but must be (rows,) or (rows, 1) with ` +
      nameOf("binary")
    );
  }
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  return {
    matrix: {
      data: isFloat
        ? data
        : Float64Array.from(data as ArrayLike<unknown>, Number),
      rows,
      columns,
    },
    areWhole: type === "whole",
    columnNames: undefined,
    source,
    remarks: [],
  };
}

/** A shape without last axes of length 1, as (n, classes, 1, 1) of a convolution. */
function squeezed(shape: readonly number[]): readonly number[] {
  const length = shape.findLastIndex((size) => size !== 1) + 1;
  return shape.slice(0, Math.max(length, Math.min(1, shape.length)));
}
