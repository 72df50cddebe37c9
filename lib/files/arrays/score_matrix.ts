import { BadInput } from "../../bad_input.ts";
import type { PlainMatrix } from "../../matrix_kinds.ts";
import { BadSetting } from "../../setting_rules.ts";
import { shapeText } from "../npy_header.ts";
import { arraysOf, chooseArray, namesOf } from "./choose_array.ts";
import { joinColumns, noNumbers } from "./columns.ts";
import { type LabelPlace, labelsIn } from "./labels_in.ts";
import { inOrder } from "./column_families.ts";
import { type KnownNames, scoreColumns } from "./score_columns.ts";
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
  /** Where the labels are in the same file; undefined if they are not in it. */
  readonly labels: LabelPlace | undefined;
  /** Names of the classes, of which some may be names of columns. */
  readonly names?: KnownNames | undefined;
}

const isMatrix = ({ shape }: StoredArray) => squeezed(shape).length === 2;
const isColumn = ({ shape }: StoredArray) => squeezed(shape).length === 1;
const isReal = ({ type }: StoredArray) => type === "real";
const isNumeric = ({ type }: StoredArray) =>
  type === "real" || type === "whole";

/**
 * The scores in a file: a matrix with the key, the only one or the only one that fits,
 * or columns of a table; see `scoreColumns()`. Labels are never scores.
 *
 * @throws {BadInput} if there are none, several fit, or the key is that of the labels
 */
export function scoreMatrix(
  file: ArrayFile,
  key: string | undefined,
  options: ScoreOptions,
): StoredScores {
  const labels = labelsIn(file, options.labels);
  const arrays = file.arrays.filter((array) => !labels.includes(array));
  if (key !== undefined) {
    const columns = arraysOf(file, key);
    checkNoLabels(file, key, columns.find((array) => labels.includes(array)));
    if (columns.length > 1) return joined(file, columns, options);
  } else if (file.isTable && !options.binary && !arrays.some(isMatrix)) {
    const { columns, remarks } = scoreColumns(file, labels, options);
    return joined(file, columns, { ...options, remarks });
  }
  const shape = options.binary ? isColumn : isMatrix;
  const among = key === undefined ? { ...file, arrays } : file;
  const found = chooseArray(among, key, {
    what: "scores",
    kinds: [
      (array) => shape(array) && isReal(array),
      (array) => shape(array) && isNumeric(array),
    ],
  });
  if (found.oddCell !== undefined) throw noNumbers(found);
  return fromArray(found.read(), found.source, options);
}

function checkNoLabels(
  { path, isTable }: ArrayFile,
  key: string,
  label: StoredArray | undefined,
): void {
  if (label === undefined) return;
  throw new BadInput(
    `Cannot read scores from ${path}:${key}: ${label.source} has the labels; ` +
      `choose ${isTable ? "other columns" : "another array"} with ${path}:` +
      (isTable ? "FIRST..LAST" : "KEY"),
  );
}

/** A matrix of columns, in the order of the numbers in their names. */
function joined(
  { path }: ArrayFile,
  given: readonly StoredArray[],
  { binary, remarks = [] }: {
    readonly binary: boolean;
    readonly remarks?: readonly string[];
  },
): StoredScores {
  if (binary) {
    throw new BadSetting((nameOf) =>
      `Cannot read scores from ${path}: ${
        namesOf(given)
      } are ${given.length} ` +
      `columns, but one is needed with ${nameOf("binary")}`
    );
  }
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
