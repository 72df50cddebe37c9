import { BadInput } from "../bad_input.ts";
import { asPoints, type Points } from "../matrix_kinds.ts";
import { readArray } from "./npy.ts";
import { shapeText } from "./npy_header.ts";

/**
 * Reads points `[n, columns]` of real or whole numbers; a list `[n]` is a
 * single column. Whole numbers become float64, exactly up to 2^53.
 *
 * @throws {BadInput} if the file is no such matrix, or empty
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
      `Cannot read points from ${source}: its shape is ${shapeText(shape)}, ` +
        `and must be (rows, columns) or (rows,) with 1 of each or more`,
    );
  }
  const isReal = data instanceof Float32Array || data instanceof Float64Array;
  return asPoints({
    data: isReal ? data : Float64Array.from(data, Number),
    rows,
    columns,
  });
}
