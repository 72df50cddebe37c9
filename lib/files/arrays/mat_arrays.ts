import { BadInput } from "../../bad_input.ts";
import { rowMajor } from "../decode_npy.ts";
import { type MatArray, readMatFile } from "../mat.ts";
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
  return [...readMatFile(bytes, path)].map(([key, array]) => {
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
}

function shapeOf({ shape }: MatArray): readonly number[] {
  const [rows, columns] = shape;
  return shape.length === 2 && rows === 1 && columns > 1 ? [columns] : shape;
}
