import { shown } from "../quoted.ts";
import type { StoredArray, ValueType } from "./stored_array.ts";

/**
 * A column of a table as an array of shape `[n]`.
 *
 * @param values numbers, or texts
 * @param options `name` from the header, if there is one; `index` from 0
 */
export function columnArray(
  values: Float64Array | readonly string[],
  { path, name, index }: {
    readonly path: string;
    readonly name: string | undefined;
    readonly index: number;
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
    read: () => ({ data: values, shape, type }),
  };
}

function typeOf(values: Float64Array | readonly string[]): ValueType {
  if (!(values instanceof Float64Array)) return "text";
  return values.every(Number.isInteger) ? "whole" : "real";
}
