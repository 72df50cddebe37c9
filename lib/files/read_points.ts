import { BadInput } from "../bad_input.ts";
import { asPoints, type Points } from "../matrix_kinds.ts";
import { readArray } from "./npy.ts";
import { shapeText } from "./npy_header.ts";

/**
 * Reads points from a `.npy` file or a `.npz` archive. Whole numbers become float64,
 * exactly up to 2^53.
 *
 * @param path as for `readNpy()`; the array has shape `[n, columns]`, or `[n]` for a
 * single column
 * @returns `[n, columns]`, at least one row and one column
 * @throws {BadInput} if the file does not contain such an array of numbers
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { readPoints, writeNpy } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/points.npy`;
 * await writeNpy(path, { shape: [4], data: Int32Array.of(1, 2, 3, 4) });
 * const { rows, columns } = await readPoints(path);
 * strictEqual(rows, 4);
 * strictEqual(columns, 1);
 * ```
 */
export async function readPoints(path: string): Promise<Points> {
  const { array, source } = await readArray(path, {
    what: "points",
    fits: ({ shape }) => shape.length === 2,
  });
  const { data, shape } = array;
  const [rows, columns = 1] = shape;
  const fits = shape.length === 1 || shape.length === 2;
  if (!fits || rows < 1 || columns < 1) {
    throw new BadInput(
      `Cannot read points from ${source}: its shape is ${shapeText(shape)} ` +
        `but must be (rows, columns) or (rows,) with at least 1 of each`,
    );
  }
  const isReal = data instanceof Float32Array || data instanceof Float64Array;
  return asPoints({
    data: isReal ? data : Float64Array.from(data, Number),
    rows,
    columns,
  });
}
