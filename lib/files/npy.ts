import { BadInput } from "../bad_input.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import {
  decodeNpyHeader,
  encodeNpyHeader,
  type NpyHeader,
  RECORD,
  shapeText,
} from "./npy_header.ts";
import { writeFileAtomic } from "./write_file_atomic.ts";
import { readBytes } from "./read_bytes.ts";

/** Element types by numpy's letter and size in bytes. */
const KINDS = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  u8: BigUint64Array,
};

/** Numbers as they lie in a `.npy` file. */
export type NpyData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** An array and its shape, row-major. */
export interface NpyArray<Data extends NpyData = NpyData> {
  readonly data: Data;
  readonly shape: readonly number[];
}

/**
 * Reads a `.npy` file of real or whole numbers in C order, of either byte
 * order.
 *
 * @throws {BadInput} if there is no such file, it is damaged, or it holds
 * something else
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(path: string): Promise<NpyArray> {
  const bytes = await readBytes(path);
  const { header, dataStart } = decodeNpyHeader(bytes, path);
  const Kind = kindOf(header, path);
  const size = Kind.BYTES_PER_ELEMENT;
  const { shape } = header;
  const count = shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1);
  const found = bytes.length - dataStart;
  if (found !== count * size) {
    const how = found < count * size ? "is cut short" : "has bytes left over";
    throw new BadInput(
      `Cannot read ${path}: it ${how}, with ${found} bytes of data where its ` +
        `shape ${shapeText(shape)} of ${header.dtype} takes ${count * size}`,
    );
  }
  if (header.dtype[0] === ">") swapBytes(bytes.subarray(dataStart), size);
  const start = bytes.byteOffset + dataStart;
  // Old files need not begin their data at a multiple of its size.
  const data = start % size === 0
    ? new Kind(bytes.buffer, start, count)
    : new Kind(bytes.slice(dataStart).buffer);
  return { data, shape };
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

/**
 * Reads logits `[n, classes]`, float32 or float64, as they are.
 *
 * @throws {BadInput} if the file is no such matrix, empty or not finite
 */
export async function readLogits(path: string): Promise<Logits> {
  const { data, shape } = await readNpy(path);
  if (!isReal(data)) {
    throw new BadInput(
      `Cannot read logits from ${path}: its type is ${typeName(data)}, and ` +
        `must be float32 or float64`,
    );
  }
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows < 1 || columns < 2) {
    throw new BadInput(
      `Cannot read logits from ${path}: its shape is ${shapeText(shape)}, ` +
        `and must be (rows, classes) with 1 row and 2 classes or more`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new BadInput(
      `Cannot read logits from ${path}: row ${Math.floor(bad / columns)}, ` +
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
  const { data, shape } = await readNpy(path);
  if (isReal(data)) {
    throw new BadInput(
      `Cannot read ${what} from ${path}: its type is ${typeName(data)}, and ` +
        `must be of whole numbers (int32, int64 or uint8)`,
    );
  }
  if (shape.length !== 1 || shape[0] < 1) {
    throw new BadInput(
      `Cannot read ${what} from ${path}: its shape is ${shapeText(shape)}, ` +
        `and must be (rows,) with 1 row or more`,
    );
  }
  const labels = new Int32Array(data.length);
  for (let i = 0; i < labels.length; i++) {
    if (data[i] < 0 || data[i] >= classes) {
      throw new BadInput(
        `Cannot read ${what} from ${path}: row ${i} (from 0) is ${data[i]}, ` +
          `and must be in 0 to ${classes - 1}`,
      );
    }
    labels[i] = Number(data[i]);
  }
  return labels;
}

function kindOf({ dtype, fortranOrder, shape }: NpyHeader, path: string) {
  const [order, kind] = [dtype[0], dtype.slice(1)];
  const known = Object.hasOwn(KINDS, kind)
    ? KINDS[kind as keyof typeof KINDS]
    : undefined;
  // Only of a single byte numpy writes that it has no order.
  if (
    known === undefined ||
    !(known.BYTES_PER_ELEMENT === 1 ? "|<>" : "<>").includes(order)
  ) {
    throw new BadInput(
      `Cannot read ${path}: its type is ${typeOf(dtype)}, and must be ` +
        `float32, float64 or whole numbers`,
    );
  }
  if (fortranOrder && shape.length > 1) {
    throw new BadInput(
      `Cannot read ${path}: it is in Fortran order, and must be in C order ` +
        `as numpy.ascontiguousarray gives it`,
    );
  }
  return known;
}

/** Words for the types that one may meet; others by numpy's letters. */
function typeOf(dtype: string): string {
  const names: Readonly<Record<string, string>> = {
    O: "object",
    c: "complex",
    U: "text",
    S: "text",
    b: "bool",
    M: "a date",
    m: "a time",
  };
  if (dtype === RECORD) return dtype;
  // Whatever else a header holds must not break the message's one line.
  if (!/^[<>|=]\w{1,9}(\[\w+\])?$/.test(dtype)) return JSON.stringify(dtype);
  const name = names[dtype[1]];
  return name === undefined ? dtype : `${name} (${dtype})`;
}

function dtypeOf(data: NpyData): string {
  const kind = Object.entries(KINDS).find(([, Kind]) => data instanceof Kind)!;
  return (data.BYTES_PER_ELEMENT === 1 ? "|" : "<") + kind[0];
}

function isReal(data: NpyData): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let a = start, b = start + size - 1; a < b; a++, b--) {
      [bytes[a], bytes[b]] = [bytes[b], bytes[a]];
    }
  }
}

function typeName(data: NpyData): string {
  return data.constructor.name.replace(/^Big|Array$/g, "").toLowerCase();
}
