import { BadInput } from "../bad_input.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { encodeNpyHeader, shapeText } from "./npy_header.ts";
import { dtypeOf, isReal, type NpyArray, typeName } from "./npy_types.ts";
import { isZip, type NpyBytes, readNpz, type Wanted } from "./npz.ts";
import { parseArrayPath } from "./array_path.ts";
import { decodeNpy } from "./decode_npy.ts";
import { writeFileAtomic } from "./write_file_atomic.ts";
import { readBytes } from "./read_bytes.ts";

/** Any array; the shape is whatever the caller makes of it. */
const ANY: Wanted = { what: "an array", fits: () => true };

/**
 * Reads a `.npy` file, or an array of a `.npz` archive: `file.npz:key`, or
 * `file.npz` where there is only one. Real numbers, whole numbers and truth
 * values are read, of either byte order and either order of axes; float16
 * becomes float32, bool int8.
 *
 * @throws {BadInput} if there is no such file, it is damaged, or it holds
 * something else
 */
export async function readNpy(path: string): Promise<NpyArray> {
  return (await readArray(path, ANY)).array;
}

/**
 * `readNpy()`, where an archive without a key may hold several arrays of which
 * only one fits.
 *
 * @returns the array, and how errors call it
 */
export async function readArray(
  path: string,
  wanted: Wanted,
): Promise<{ readonly array: NpyArray; readonly source: string }> {
  const { bytes, source } = await readNpyBytes(path, wanted);
  return { array: decodeNpy(bytes, source), source };
}

/**
 * The bytes of an array as numpy.save writes it, from a `.npy` file or a `.npz`
 * archive, and how errors call it.
 *
 * @throws {BadInput} if there is no such file or array, or an archive is damaged
 */
export async function readNpyBytes(
  path: string,
  wanted: Wanted,
): Promise<NpyBytes> {
  const { file, key } = parseArrayPath(path);
  const bytes = await readBytes(file);
  if (isZip(bytes)) return readNpz(bytes, file, { key, wanted });
  if (key === undefined) return { bytes, source: path };
  throw new BadInput(
    `Cannot read ${path}: ${file} is no archive of arrays`,
  );
}

/**
 * Writes an array as a `.npy` file of version 1.0, whole or not at all.
 *
 * @throws {BadInput} if the shape asks for another count of numbers, or the
 * file cannot be written
 */
export async function writeNpy(path: string, array: NpyArray): Promise<void> {
  const { data, shape } = array;
  if (shape.reduce((a, b) => a * b, 1) !== data.length) {
    throw new BadInput(
      `Cannot write ${path}: there are ${data.length} numbers for the shape ` +
        shapeText(shape),
    );
  }
  const header = encodeNpyHeader({
    dtype: dtypeOf(data),
    fortranOrder: false,
    shape,
  });
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    header.length,
  );
  await writeFileAtomic(path, bytes);
}

/** What may be logits in an archive. */
export const LOGITS: Wanted = {
  what: "logits",
  fits: ({ dtype, shape }) => shape.length === 2 && dtype[1] === "f",
};

/**
 * Reads logits `[n, classes]` of real numbers, as they are.
 *
 * @throws {BadInput} if the file is no such matrix, empty or not finite
 */
export async function readLogits(path: string): Promise<Logits> {
  const { array, source } = await readArray(path, LOGITS);
  const { data, shape } = array;
  if (!isReal(data)) {
    throw new BadInput(
      `Cannot read logits from ${source}: its type is ${typeName(data)}, and ` +
        `must be float16, float32 or float64`,
    );
  }
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows < 1 || columns < 2) {
    throw new BadInput(
      `Cannot read logits from ${source}: its shape is ${shapeText(shape)}, ` +
        `and must be (rows, classes) with 1 row and 2 classes or more`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new BadInput(
      `Cannot read logits from ${source}: row ${Math.floor(bad / columns)}, ` +
        `column ${bad % columns} (from 0) is ${data[bad]}, and must be finite`,
    );
  }
  return asLogits({ data, rows, columns });
}

/**
 * Reads labels `[n]`, class indices from 0.
 *
 * @param options `classes`: every label must be below it (any that Int32
 * holds); `what` they are, in messages
 * @throws {BadInput} if the file is no such list, empty, or a label is out of
 * range
 */
export async function readLabels(
  path: string,
  { classes = 2 ** 31, what = "labels" }: {
    classes?: number;
    what?: string;
  } = {},
): Promise<Int32Array> {
  const { array, source } = await readArray(path, {
    what,
    fits: ({ dtype, shape }) => shape.length === 1 && /^.[iub]/.test(dtype),
  });
  const { data, shape } = array;
  if (isReal(data)) {
    throw new BadInput(
      `Cannot read ${what} from ${source}: its type is ${
        typeName(data)
      }, and ` +
        `must be of whole numbers (int32, int64 or uint8)`,
    );
  }
  if (shape.length !== 1 || shape[0] < 1) {
    throw new BadInput(
      `Cannot read ${what} from ${source}: its shape is ${shapeText(shape)}, ` +
        `and must be (rows,) with 1 row or more`,
    );
  }
  const labels = new Int32Array(data.length);
  for (let i = 0; i < labels.length; i++) {
    if (data[i] < 0 || data[i] >= classes) {
      throw new BadInput(
        `Cannot read ${what} from ${source}: row ${i} (from 0) is ${
          data[i]
        }, ` +
          `and must be in 0 to ${classes - 1}`,
      );
    }
    labels[i] = Number(data[i]);
  }
  return labels;
}
