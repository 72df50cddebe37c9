import type { DecodedArray, SchemaElement, SchemaTree } from "hyparquet";
import { BadInput } from "../../bad_input.ts";
import { shown } from "../quoted.ts";
import type { StoredArray, ValueType } from "./stored_array.ts";

/** Types of stored numbers that stand for dates and times. */
const TIMES = /^(DATE|TIME|INTERVAL)/;

/** A column of a Parquet file as an array. */
export function parquetColumn(
  column: SchemaTree,
  { values, rows, path }: {
    /** Its values in parts; undefined if they are of no type. */
    readonly values: readonly DecodedArray[] | undefined;
    readonly rows: number;
    readonly path: string;
  },
): StoredArray {
  const { name } = column.element;
  const source = `${path}:${shown(name)}`;
  const type = parquetType(column);
  const width = isList(column) ? listLength(values) : undefined;
  const shape = width === undefined ? [rows] : [rows, width];
  return {
    key: name,
    source,
    shape,
    type,
    read() {
      if (type === undefined || values === undefined) {
        throw new BadInput(
          `Cannot read ${source}: it must contain numbers, booleans, texts or ` +
            "lists of numbers",
        );
      }
      const data = type === "text"
        ? texts(values)
        : width === undefined
        ? columnNumbers(values, rows)
        : listNumbers(values, { rows, width, source });
      return { data, shape, type };
    },
  };
}

/** The type of a column's values, or of its lists; undefined if it has none. */
export function parquetType(column: SchemaTree): ValueType | undefined {
  let leaf = column;
  while (leaf.children.length === 1) [leaf] = leaf.children;
  if (leaf.children.length > 0 || leaf !== column && !isList(column)) {
    return undefined;
  }
  const type = scalarType(leaf.element);
  return isList(column) && type === "text" ? undefined : type;
}

function scalarType(element: SchemaElement): ValueType | undefined {
  const kind = element.logical_type?.type ?? element.converted_type ?? "";
  switch (element.type) {
    case "BOOLEAN":
      return "boolean";
    case "INT32":
    case "INT64":
      if (TIMES.test(kind)) return undefined;
      return kind === "DECIMAL" ? "real" : "whole";
    case "FLOAT":
    case "DOUBLE":
      return "real";
    case "BYTE_ARRAY":
      return /^(STRING|UTF8|ENUM)$/.test(kind) ? "text" : undefined;
    case "FIXED_LEN_BYTE_ARRAY":
      return /^(FLOAT16|DECIMAL)$/.test(kind) ? "real" : undefined;
    default:
      return undefined;
  }
}

function isList({ element }: SchemaTree): boolean {
  return element.repetition_type === "REPEATED" ||
    element.converted_type === "LIST" || element.logical_type?.type === "LIST";
}

function listLength(values: readonly DecodedArray[] | undefined): number {
  const first: unknown = values?.[0]?.[0];
  return isListValue(first) ? first.length : 0;
}

function isListValue(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** The numbers of a column. */
function columnNumbers(
  values: readonly DecodedArray[],
  rows: number,
): Float64Array {
  const data = new Float64Array(rows);
  let at = 0;
  for (const part of values) {
    for (let i = 0; i < part.length; i++) data[at++] = numberOf(part[i]);
  }
  return data;
}

/** The numbers of lists, row by row. */
function listNumbers(
  values: readonly DecodedArray[],
  { rows, width, source }: {
    readonly rows: number;
    readonly width: number;
    readonly source: string;
  },
): Float64Array {
  const data = new Float64Array(rows * width);
  let row = 0;
  for (const part of values) {
    for (let i = 0; i < part.length; i++, row++) {
      const list: unknown = part[i];
      if (!isListValue(list) || list.length !== width) {
        throw new BadInput(
          `Cannot read ${source}: its lists must have the same length, but row ` +
            `${row} (from 0) has ${
              isListValue(list) ? list.length : "none"
            }, ` +
            `not ${width}`,
        );
      }
      for (let k = 0; k < width; k++) data[row * width + k] = numberOf(list[k]);
    }
  }
  return data;
}

/** The number of a value; NaN for a missing one, which is null. */
function numberOf(value: unknown): number {
  return value === null ? NaN : Number(value);
}

function texts(values: readonly DecodedArray[]): string[] {
  return values.flatMap((part) =>
    Array.from(part as ArrayLike<unknown>, (value) => `${value ?? ""}`)
  );
}
