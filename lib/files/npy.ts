import { BadInput } from "../bad_input.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { encodeNpy } from "./encode_npy.ts";
import { shapeText } from "./npy_header.ts";
import { isReal, type NpyArray, typeName } from "./npy_types.ts";
import { type ArrayKind, isZip, type NpyBytes, readNpz } from "./npz.ts";
import { parseArrayPath } from "./array_path.ts";
import { decodeNpy } from "./decode_npy.ts";
import { writeFileAtomic } from "./write_file_atomic.ts";
import { readBytes } from "./read_bytes.ts";

/** Any array. */
const ANY: ArrayKind = { what: "an array", fits: () => true };

/**
 * Reads an array from a `.npy` file or a `.npz` archive. Real numbers, whole numbers
 * and booleans of either byte order and either order of axes are supported; float16
 * and bfloat16 are converted to float32, bool to int8.
 *
 * @param path `file.npy`, `file.npz:key`, or `file.npz` if it contains one array
 * @throws {BadInput} if the file does not exist, is damaged or contains other data
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { readNpy, writeNpy } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/a.npy`;
 * const array = { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };
 * await writeNpy(path, array);
 * deepStrictEqual(await readNpy(path), array);
 * ```
 */
export async function readNpy(path: string): Promise<NpyArray> {
  return (await readArray(path, ANY)).array;
}

/**
 * Reads an array as `readNpy()` does. An archive without a key may contain several
 * arrays if only one is of the kind.
 *
 * @returns the array and its name in messages
 */
export async function readArray(
  path: string,
  kind: ArrayKind,
): Promise<{ readonly array: NpyArray; readonly source: string }> {
  const { bytes, source } = await readNpyBytes(path, kind);
  return { array: decodeNpy(bytes, source), source };
}

/**
 * The bytes of an array in `.npy` format, from a file or a `.npz` archive, and its
 * name in messages.
 *
 * @throws {BadInput} if there is no such file or array, or an archive is damaged
 */
export async function readNpyBytes(
  path: string,
  kind: ArrayKind,
): Promise<NpyBytes> {
  const { file, key } = parseArrayPath(path);
  const bytes = await readBytes(file);
  if (isZip(bytes)) return readNpz(bytes, file, { key, kind });
  if (key === undefined) return { bytes, source: path };
  throw new BadInput(
    `Cannot read ${path}: ${file} is not an archive of arrays`,
  );
}

/**
 * Writes an array as a `.npy` file of version 1.0, atomically.
 *
 * @param path path of the file, which may exist
 * @param array numbers and their shape
 * @throws {BadInput} if the shape does not match the count of numbers
 * @throws {Error} if the file cannot be written
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { readLabels, writeNpy } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/y.npy`;
 * await writeNpy(path, { shape: [3], data: Int32Array.of(0, 2, 1) });
 * strictEqual((await readLabels(path))[1], 2);
 * ```
 */
export async function writeNpy(path: string, array: NpyArray): Promise<void> {
  const { data, shape } = array;
  if (shape.reduce((a, b) => a * b, 1) !== data.length) {
    throw new BadInput(
      `Cannot write ${path}: there are ${data.length} numbers for the shape ` +
        shapeText(shape),
    );
  }
  await writeFileAtomic(path, encodeNpy(array));
}

/** Arrays that can be logits. */
export const LOGITS: ArrayKind = {
  what: "logits",
  fits: ({ dtype, shape }) => shape.length === 2 && dtype[1] === "f",
};

/**
 * Reads logits from a `.npy` file or a `.npz` archive.
 *
 * @param path as for `readNpy()`
 * @returns `[n, classes]`, at least one row and two classes, of finite numbers
 * @throws {BadInput} if the file does not contain such a matrix of real numbers
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { readLogits, writeNpy } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/logits.npy`;
 * const data = Float32Array.of(2, 0, 1, 3, 1, 0);
 * await writeNpy(path, { shape: [2, 3], data });
 * strictEqual((await readLogits(path)).columns, 3);
 * ```
 */
export async function readLogits(path: string): Promise<Logits> {
  const { array, source } = await readArray(path, LOGITS);
  return logitsIn(array, source);
}

/**
 * An array as logits.
 *
 * @param source name of the array in messages
 * @throws {BadInput} as `readLogits()` does
 */
export function logitsIn({ data, shape }: NpyArray, source: string): Logits {
  if (!isReal(data)) {
    throw new BadInput(
      `Cannot read logits from ${source}: its type is ${typeName(data)} but ` +
        `must be float16, float32 or float64`,
    );
  }
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows < 1 || columns < 2) {
    throw new BadInput(
      `Cannot read logits from ${source}: its shape is ${shapeText(shape)} ` +
        `but must be (rows, classes) with at least 1 row and 2 classes`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new BadInput(
      `Cannot read logits from ${source}: row ${Math.floor(bad / columns)}, ` +
        `column ${bad % columns} (from 0) is ${data[bad]} but must be finite`,
    );
  }
  return asLogits({ data, rows, columns });
}
