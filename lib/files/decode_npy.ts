import { BadInput } from "../bad_input.ts";
import { decodeNpyHeader, type NpyHeader, shapeText } from "./npy_header.ts";
import { elementType, type NpyArray, type NpyData } from "./npy_types.ts";

/**
 * The array in the bytes of a `.npy` file, in either byte order and either
 * order of axes. The bytes may be used and changed.
 *
 * @param source what errors call the file
 * @throws {BadInput} if it is damaged, or holds something else than real
 * numbers, whole numbers or truth values
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
  // Old files need not begin their data at a multiple of its size.
  const stored = start % size === 0
    ? new Kind(bytes.buffer, start, (bytes.length - dataStart) / size)
    : new Kind(bytes.slice(dataStart).buffer);
  const data = header.dtype.endsWith("b1")
    ? Int8Array.from(stored as Int8Array, (value) => value === 0 ? 0 : 1)
    : stored instanceof Float16Array
    ? Float32Array.from(stored)
    : stored;
  const isTurned = header.fortranOrder && shape.length > 1;
  return { data: isTurned ? rowMajor(data, shape) : data, shape };
}

/**
 * Throws `BadInput` unless an array's numbers take as many bytes as there are.
 */
export function checkLength(
  { dtype, shape }: NpyHeader,
  found: number,
  source: string,
): void {
  const { BYTES_PER_ELEMENT: size } = elementType(dtype, source);
  const count = shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1);
  if (found === count * size) return;
  const how = found < count * size ? "is cut short" : "has bytes left over";
  throw new BadInput(
    `Cannot read ${source}: it ${how}, with ${found} bytes of data where its ` +
      `shape ${shapeText(shape)} of ${dtype} takes ${count * size}`,
  );
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let a = start, b = start + size - 1; a < b; a++, b--) {
      [bytes[a], bytes[b]] = [bytes[b], bytes[a]];
    }
  }
}

/** Numbers whose first axis runs fastest, put so that the last one does. */
function rowMajor(data: NpyData, shape: readonly number[]): NpyData {
  const turned = data.slice();
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((a, b) => a * b, 1)
  );
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < turned.length; to++) {
    turned[to] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return turned;
}
