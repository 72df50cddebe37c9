import { BadInput } from "./bad_input.ts";
import type { Matrix } from "./matrix.ts";
import { type NpyHeader, parseNpyHeader } from "./npy_header.ts";
import { writeWhole } from "./write_whole.ts";

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
  | Uint32Array;

/** An array and its shape, row-major. */
export interface NpyArray<Data extends NpyData = NpyData> {
  readonly data: Data;
  readonly shape: readonly number[];
}

interface Kind {
  readonly size: number;
  readonly make: (buffer: ArrayBuffer) => NpyData;
}

/** Element types by numpy's letter and size. */
const KINDS: Readonly<Record<string, Kind>> = {
  f4: { size: 4, make: (buffer) => new Float32Array(buffer) },
  f8: { size: 8, make: (buffer) => new Float64Array(buffer) },
  i1: { size: 1, make: (buffer) => new Int8Array(buffer) },
  i2: { size: 2, make: (buffer) => new Int16Array(buffer) },
  i4: { size: 4, make: (buffer) => new Int32Array(buffer) },
  i8: { size: 8, make: (buffer) => new BigInt64Array(buffer) },
  u1: { size: 1, make: (buffer) => new Uint8Array(buffer) },
  u2: { size: 2, make: (buffer) => new Uint16Array(buffer) },
  u4: { size: 4, make: (buffer) => new Uint32Array(buffer) },
};

/**
 * Reads a `.npy` file of real or whole numbers in C order.
 *
 * @throws {BadInput} if there is no such file, it is damaged, or it holds
 * something else
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(path: string): Promise<NpyArray> {
  const bytes = await readFile(path);
  const header = parseNpyHeader(bytes, path);
  const kind = kindOf(header, path);
  const count = header.shape.reduce((a, b) => a * b, 1);
  const expected = count * kind.size;
  const found = bytes.length - header.end;
  if (found !== expected) {
    const how = found < expected ? "is cut short" : "has bytes left over";
    throw new BadInput(
      `Cannot read ${path}: it ${how}, with ${found} bytes of data where ` +
        `its header asks for ${expected}`,
    );
  }
  const body = bytes.slice(header.end);
  if (header.dtype[0] === ">") swapBytes(body, kind.size);
  return { data: kind.make(body.buffer), shape: header.shape };
}

/** Writes an array as a `.npy` file of version 1.0, whole or not at all. */
export async function writeNpy(path: string, array: NpyArray): Promise<void> {
  const { data, shape } = array;
  const letter = data instanceof Float32Array || data instanceof Float64Array
    ? "f"
    : data.constructor.name.includes("Uint")
    ? "u"
    : "i";
  const dims = shape.map((n) => `${n},`).join(" ");
  const order = data.BYTES_PER_ELEMENT === 1 ? "|" : "<";
  const dict = `{'descr': '${order}${letter}${data.BYTES_PER_ELEMENT}', ` +
    `'fortran_order': False, 'shape': (${dims}), }`;
  // numpy wants the data to start at a multiple of 64 bytes.
  const prefix = 10;
  const length = Math.ceil((prefix + dict.length + 1) / 64) * 64 - prefix;
  const head = new TextEncoder().encode(dict.padEnd(length - 1) + "\n");
  const bytes = new Uint8Array(prefix + length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, length, true);
  bytes.set(head, prefix);
  bytes.set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    prefix + length,
  );
  await writeWhole(path, bytes);
}

/**
 * Reads logits `[n, classes]`, float32 or float64.
 *
 * @throws {BadInput} if the file is no such matrix, empty or not finite
 */
export async function readLogits(path: string): Promise<Matrix> {
  const { data, shape } = await readNpy(path);
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new BadInput(
      `Cannot read logits from ${path}: its type is ` +
        `${typeName(data)}, and must be float32 or float64`,
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
        `column ${bad % columns} is ${data[bad]}, and must be finite`,
    );
  }
  return { data, rows, columns };
}

/**
 * Reads labels `[n]`, whole numbers from 0.
 *
 * @throws {BadInput} if the file is no such list, empty, or a label is out of
 * range
 */
export async function readLabels(
  path: string,
  { classes = 2 ** 31 }: { classes?: number } = {},
): Promise<Int32Array> {
  const { data, shape } = await readNpy(path);
  if (data instanceof Float32Array || data instanceof Float64Array) {
    throw new BadInput(
      `Cannot read labels from ${path}: its type is ${typeName(data)}, ` +
        `and must be whole numbers (int32, int64 or uint8)`,
    );
  }
  if (shape.length !== 1 || shape[0] < 1) {
    throw new BadInput(
      `Cannot read labels from ${path}: its shape is ${shapeText(shape)}, ` +
        `and must be (rows,) with 1 row or more`,
    );
  }
  const labels = new Int32Array(data.length);
  for (let i = 0; i < labels.length; i++) {
    if (data[i] < 0 || data[i] >= classes) {
      throw new BadInput(
        `Cannot read labels from ${path}: row ${i} is ${data[i]}, ` +
          `and must be in 0 to ${classes - 1}`,
      );
    }
    labels[i] = Number(data[i]);
  }
  return labels;
}

async function readFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : error instanceof Deno.errors.IsADirectory ||
          (error as Error).message.includes("directory")
      ? "it is a directory"
      : (error as Error).message;
    throw new BadInput(`Cannot read ${path}: ${reason}`);
  }
}

function kindOf({ dtype, fortranOrder, shape }: NpyHeader, path: string): Kind {
  const kind = KINDS[dtype.slice(1)];
  if (!/^[<>|=]/.test(dtype) || kind === undefined) {
    throw new BadInput(
      `Cannot read ${path}: its type is ${dtype}, and must be float32, ` +
        `float64 or whole numbers of up to 64 bits`,
    );
  }
  if (fortranOrder && shape.length > 1) {
    throw new BadInput(
      `Cannot read ${path}: it is in Fortran order, and must be in C order ` +
        `(numpy.ascontiguousarray)`,
    );
  }
  return kind;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let i = 0; i < bytes.length; i += size) {
    bytes.subarray(i, i + size).reverse();
  }
}

function typeName(data: NpyData): string {
  return data.constructor.name.replace(/^Big|Array$/g, "").toLowerCase();
}

function shapeText(shape: readonly number[]): string {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}
