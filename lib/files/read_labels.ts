import { parseArrayPath } from "./array_path.ts";
import { labelArray } from "./arrays/label_array.ts";
import { labelsOf } from "./arrays/labels_of.ts";
import { openArrays } from "./arrays/open_arrays.ts";

/**
 * Reads labels from a file: `.npy`, `.npz`, `.safetensors`, `.parquet`, `.csv`, `.tsv`,
 * `.txt` or `.mat`. They are class indices of any type of numbers, of shape `[n]` or `[n, 1]`,
 * booleans, or one-hot rows `[n, classes]`.
 *
 * @param path `FILE`, or `FILE:KEY` of an array in an archive or a column of a table; a
 * file without a key has one array or column that may be labels
 * @param options `classes`: number of classes, above every label (2^31); `what`: name
 * of the labels in messages ("labels")
 * @returns `[n]` class indices from 0, at least one
 * @throws {BadInput} if the file does not contain such labels, or a label is out of
 * range
 *
 * @example
 * ```ts
 * import { deepStrictEqual, rejects } from "node:assert/strict";
 * import { readLabels, writeNpy } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/labels.npy`;
 * await writeNpy(path, { shape: [3], data: Uint8Array.of(0, 2, 1) });
 * deepStrictEqual(await readLabels(path), Int32Array.of(0, 2, 1));
 * await rejects(readLabels(path, { classes: 2 }), { name: "BadInput" });
 * ```
 */
export async function readLabels(
  path: string,
  options: { classes?: number; what?: string } = {},
): Promise<Int32Array> {
  const { file, key } = parseArrayPath(path);
  const { what = "labels" } = options;
  const { values, source } = labelArray(await openArrays(file), key, what);
  return labelsOf(values, source, options).labels;
}
