import type { OddCell } from "./number_count.ts";
import { quoted, shown } from "../quoted.ts";
import type { StoredArray, ValueType } from "./stored_array.ts";

/**
 * A column of a table as an array of shape `[n]`.
 *
 * @param values numbers, or texts
 * @param options `name` from the header, if there is one; `index` from 0; `odd`: the first
 * cell of text in a column that is mostly numbers
 */
export function columnArray(
  values: Float64Array | readonly string[],
  { path, name, index, odd }: {
    readonly path: string;
    readonly name: string | undefined;
    readonly index: number;
    readonly odd?: OddCell | undefined;
  },
): StoredArray {
  const shape = [values.length];
  const type = typeOf(values);
  return {
    key: name,
    source: `${path}:${
      name === undefined || name === "" ? index : shown(name)
    }`,
    shape,
    type,
    oddCell: odd && oddText(odd, name),
    read: () => ({ data: values, shape, type }),
  };
}

function oddText({ line, cell }: OddCell, name: string | undefined): string {
  const isHeader = name !== undefined && cell === name;
  return `line ${line} has ${quoted(cell)}` +
    (isHeader ? ", as if the header were repeated," : "");
}

function typeOf(values: Float64Array | readonly string[]): ValueType {
  if (!(values instanceof Float64Array)) return "text";
  return values.every(Number.isInteger) ? "whole" : "real";
}
