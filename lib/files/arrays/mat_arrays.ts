import { BadInput } from "../../bad_input.ts";
import { rowMajor } from "../decode_npy.ts";
import { type MatArray, type OtherVariable, readMatFile } from "../mat.ts";
import { shown } from "../quoted.ts";
import type { StoredArray } from "./stored_array.ts";

/**
 * The arrays of numbers in a file of MATLAB, which has no lists: a matrix of a single
 * row has shape `[n]`.
 *
 * @param path of the file, for messages
 * @throws {BadInput} if it is damaged, of version 7.3, or contains no arrays
 */
export function matArrays(bytes: Uint8Array, path: string): StoredArray[] {
  if (new TextDecoder().decode(bytes.subarray(0, 10)) === "MATLAB 7.3") {
    throw new BadInput(
      `Cannot read ${path}: it has version 7.3, which is HDF5; save it with -v7`,
    );
  }
  const others: StoredArray[] = [];
  const arrays = readMatFile(
    bytes,
    path,
    (variable) => others.push(otherArray(variable, path)),
  );
  const numbers = [...arrays].map(([key, array]): StoredArray => {
    const { data } = array;
    const shape = shapeOf(array);
    const isWhole = Array.prototype.every.call(data, Number.isInteger);
    const type = isWhole ? "whole" : "real";
    return {
      key,
      source: `${path}:${shown(key)}`,
      shape,
      type,
      read() {
        const values = Float64Array.from(data);
        const rows = shape.length > 1 ? rowMajor(values, shape) : values;
        return { data: rows, shape, type };
      },
    };
  });
  return [...numbers, ...others];
}

/** A variable that is listed but cannot be read. */
function otherArray(
  { name, shape, what }: OtherVariable,
  path: string,
): StoredArray {
  const source = `${path}:${shown(name)}`;
  return {
    ...{ key: name, source, shape, type: undefined },
    read() {
      throw new BadInput(
        `Cannot read ${source}: it is ${what} but must be an array of real ` +
          "numbers",
      );
    },
  };
}

function shapeOf({ shape }: MatArray): readonly number[] {
  const [rows, columns] = shape;
  return shape.length === 2 && rows === 1 && columns > 1 ? [columns] : shape;
}
