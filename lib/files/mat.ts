import { inflateSync } from "node:zlib";
import { BadInput } from "../bad_input.ts";
import { isTooLarge, TOO_LARGE, unpackLimit } from "./unpack_limit.ts";
import { quoted, shown } from "./quoted.ts";

/** An array of a MAT-file in MATLAB's column-major order. */
export interface MatArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A variable that is no array of real numbers. */
export interface OtherVariable {
  readonly name: string;
  readonly shape: readonly number[];
  /** What it is, such as "a cell array". */
  readonly what: string;
}

const HEADER_BYTES = 128;
const COMPRESSED = 15;
const MATRIX = 14;

/** Number types by their code in the format: size in bytes and reader. */
const NUMBERS: Readonly<
  Record<number, readonly [number, (view: DataView, at: number) => number]>
> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at) => view.getInt16(at, true)],
  4: [2, (view, at) => view.getUint16(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getUint32(at, true)],
  7: [4, (view, at) => view.getFloat32(at, true)],
  9: [8, (view, at) => view.getFloat64(at, true)],
  12: [8, (view, at) => Number(view.getBigInt64(at, true))],
  13: [8, (view, at) => Number(view.getBigUint64(at, true))],
};

const UINT8 = 2;
const UINT32 = 6;
const INT32 = 5;
const INT8 = 1;
/** Classes of arrays of real numbers: double, single, 8 to 64 bits. */
const NUMERIC_CLASSES = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const COMPLEX = 0x08;
/** What variables of other classes are. */
const OTHERS: Readonly<Record<number, string>> = {
  1: "a cell array",
  2: "a struct",
  3: "an object",
  4: "text",
  5: "a sparse matrix",
};

/**
 * The arrays of real numbers in a little-endian MAT-file of version 5, possibly
 * compressed.
 *
 * @param bytes the complete file
 * @param source name of the file in messages
 * @param onOther called for each other variable
 * @throws {BadInput} if it is not such a file, damaged or incomplete, or contains only
 * other variables
 * @see https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
 */
export function readMatFile(
  bytes: Uint8Array,
  source: string,
  onOther: (variable: OtherVariable) => void = () => {},
): ReadonlyMap<string, MatArray> {
  const fail = (reason: string): never => {
    throw new BadInput(`Cannot use ${source}: ${reason}`);
  };
  const version = bytes.length < HEADER_BYTES
    ? "nothing"
    : String.fromCharCode(...bytes.subarray(124, 128));
  if (version !== "\x00\x01IM") {
    fail("it is not a little-endian MAT-file of version 5");
  }
  const arrays = new Map<string, MatArray>();
  let other: OtherVariable | undefined;
  const limit = unpackLimit(bytes.length);
  let unpacked = 0;
  let at = HEADER_BYTES;
  while (at < bytes.length) {
    let element = elementAt(bytes, at, fail);
    at = element.end;
    if (element.type === COMPRESSED) {
      const inflated = inflate(element.data, { limit: limit - unpacked, fail });
      unpacked += inflated.length;
      element = elementAt(inflated, 0, fail);
    } else at = padded(at);
    if (element.type !== MATRIX) fail("it contains data other than arrays");
    const variable = readMatrix(element.data, fail);
    if ("data" in variable) {
      const { shape, data } = variable;
      arrays.set(variable.name, { shape, data });
    } else {
      other ??= variable;
      onOther(variable);
    }
  }
  if (arrays.size === 0 && other !== undefined) {
    fail(`${quoted(other.name)} is not an array of real numbers`);
  }
  return arrays;
}

type Fail = (reason: string) => never;

interface Element {
  readonly type: number;
  readonly data: Uint8Array;
  /** Offset of the bytes after it, without padding. */
  readonly end: number;
}

/** Reads a tag of type and size, then the data, which is in the tag up to 4 bytes. */
function elementAt(bytes: Uint8Array, at: number, fail: Fail): Element {
  if (at + 8 > bytes.length) fail("it is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8);
  const first = view.getUint32(0, true);
  const small = first >>> 16;
  const type = small === 0 ? first : first & 0xffff;
  const size = small === 0 ? view.getUint32(4, true) : small;
  const start = at + (small === 0 ? 8 : 4);
  if (start + size > bytes.length || small > 4) fail("it is cut short");
  return {
    type,
    data: bytes.subarray(start, start + size),
    end: small === 0 ? start + size : at + 8,
  };
}

/** A variable: an array of real numbers, or another one. */
function readMatrix(
  bytes: Uint8Array,
  fail: Fail,
): MatArray & { readonly name: string } | OtherVariable {
  let at = 0;
  const next = (expected: number, what: string): Uint8Array => {
    const { type, data, end } = elementAt(bytes, at, fail);
    if (type !== expected) fail(`the ${what} of an array has type ${type}`);
    at = padded(end);
    return data;
  };
  const flags = next(UINT32, "flags");
  const shape = [...numbersOf(next(INT32, "shape"), INT32)];
  if (shape.length < 2 || shape.some((size) => size < 0)) {
    fail(`the shape [${shape.join(", ")}] of an array is impossible`);
  }
  const name = new TextDecoder().decode(next(INT8, "name"));
  if (!NUMERIC_CLASSES.includes(flags[0]) || (flags[1] & COMPLEX) !== 0) {
    return { name, shape, what: OTHERS[flags[0]] ?? "complex numbers" };
  }
  const { type, data } = elementAt(bytes, at, fail);
  if (!(type in NUMBERS)) {
    fail(`the numbers of ${shown(name)} have type ${type}`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count * NUMBERS[type][0]) {
    fail(
      `${shown(name)} has ${data.length} bytes, but its shape ` +
        `[${shape.join(", ")}] needs ${count * NUMBERS[type][0]}`,
    );
  }
  return { name, shape, data: type === UINT8 ? data : numbersOf(data, type) };
}

function numbersOf(bytes: Uint8Array, type: number): Float64Array {
  const [size, read] = NUMBERS[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float64Array.from(
    { length: Math.floor(bytes.length / size) },
    (_, i) => read(view, i * size),
  );
}

/** The next multiple of 8 bytes, where an element begins. */
function padded(at: number): number {
  return Math.ceil(at / 8) * 8;
}

function inflate(
  bytes: Uint8Array,
  { limit, fail }: { readonly limit: number; readonly fail: Fail },
): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(limit, 1) });
  } catch (error) {
    if (isTooLarge(error)) fail(TOO_LARGE);
    return fail("it is damaged: its compressed data are broken");
  }
}
