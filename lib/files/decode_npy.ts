import { BadInput } from "../bad_input.ts";
import { decodeNpyHeader, type NpyHeader, shapeText } from "./npy_header.ts";
import { bfloat16ToFloat32 } from "./bfloat16.ts";
import {
  elementType,
  isBfloat16,
  type NpyArray,
  type NpyData,
} from "./npy_types.ts";

/**
 * Decodes a `.npy` file of either byte order and either order of axes. The result may
 * share the memory of `bytes`, which may be modified.
 *
 * @param source name of the file in messages
 * @throws {BadInput} if it is damaged, or contains anything but real numbers, whole
 * numbers or booleans
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function decodeNpy(
  bytes: Uint8Array<ArrayBuffer>,
  source: string,
): NpyArray {
  const { header, dataStart } = decodeNpyHeader(bytes, source);
  const Kind = elementType(header.dtype, source);
  checkLength(header, bytes.length - dataStart, source);
  const size = Kind.BYTES_PER_ELEMENT;
  const { shape } = header;
  if (header.dtype[0] === ">") swapBytes(bytes.subarray(dataStart), size);
  const start = bytes.byteOffset + dataStart;
  // In old files the data may start at any byte.
  const stored = start % size === 0
    ? new Kind(bytes.buffer, start, (bytes.length - dataStart) / size)
    : new Kind(bytes.slice(dataStart).buffer);
  const data = numbersOf(stored, header.dtype);
  const isColumnMajor = header.fortranOrder && shape.length > 1;
  return { data: isColumnMajor ? rowMajor(data, shape) : data, shape };
}

/** Converts float16 and bfloat16 to float32, and booleans to 0 and 1. */
function numbersOf(
  stored: NpyData | Float16Array<ArrayBuffer>,
  dtype: string,
): NpyData {
  if (stored instanceof Float16Array) return Float32Array.from(stored);
  if (isBfloat16(dtype)) return bfloat16ToFloat32(stored as Uint16Array);
  if (!dtype.endsWith("b1")) return stored;
  return Int8Array.from(stored as Int8Array, (value) => value === 0 ? 0 : 1);
}

/** Throws `BadInput` unless the number of bytes matches the shape and type. */
export function checkLength(
  { dtype, shape }: NpyHeader,
  found: number,
  source: string,
): void {
  const size = elementSize(dtype, source);
  const count = shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1);
  if (found === count * size) return;
  const fault = found < count * size ? "is cut short" : "has excess bytes";
  throw new BadInput(
    `Cannot read ${source}: it ${fault}, with ${found} bytes of data, but its ` +
      `shape ${shapeText(shape)} of ${dtype} needs ${count * size}`,
  );
}

/** Bytes of one value; of `U` and `S`, one text. */
function elementSize(dtype: string, source: string): number {
  const text = /^[<>|=]([US])(\d+)$/.exec(dtype);
  if (text !== null && Number(text[2]) > 0) {
    return Number(text[2]) * (text[1] === "U" ? 4 : 1);
  }
  return elementType(dtype, source).BYTES_PER_ELEMENT;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let a = start, b = start + size - 1; a < b; a++, b--) {
      [bytes[a], bytes[b]] = [bytes[b], bytes[a]];
    }
  }
}

/** A copy of numbers in column-major order in row-major order. */
export function rowMajor(data: NpyData, shape: readonly number[]): NpyData {
  const result = data.slice();
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((a, b) => a * b, 1)
  );
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}
