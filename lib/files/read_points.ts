import type { Points } from "../matrix_kinds.ts";
import { parseArrayPath } from "./array_path.ts";
import { openArrays } from "./arrays/open_arrays.ts";
import { pointArray } from "./arrays/point_array.ts";

/**
 * Reads points from a file: `.npy`, `.npz`, `.safetensors`, `.parquet`, `.csv`, `.tsv`,
 * `.txt` or `.mat`. Whole numbers become float64, exactly up to 2^53.
 *
 * @param path `FILE`, or `FILE:KEY` of an array in an archive or columns of a table; the
 * array has shape `[n, columns]`, or `[n]` for a
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
  const { file, key } = parseArrayPath(path);
  return pointArray(await openArrays(file), key).points;
}
