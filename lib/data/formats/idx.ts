import { BadInput } from "../../bad_input.ts";

/** A row-major array of bytes, the content of an IDX file. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/** Images of data sets have 3 or 4. */
const MOST_DIMENSIONS = 8;

/**
 * Reads the IDX format of the MNIST family: two zero bytes, a type (only unsigned
 * bytes are supported), the number of dimensions, each dimension as a big-endian
 * 32-bit number, then the values.
 *
 * @param bytes the complete file, decompressed; the result is a view of it
 * @param name name of the file in messages
 * @throws {BadInput} if the file differs from this format in any way
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { parseIdx } from "./idx.ts";
 * const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);
 * const { shape, data } = parseIdx(bytes, "labels");
 * deepStrictEqual(shape, [2]);
 * deepStrictEqual([...data], [7, 9]);
 * ```
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const fail = (reason: string): never => {
    throw new BadInput(`Cannot read ${name} as an IDX file: ${reason}`);
  };
  if (bytes.length < 4) fail(`it has only ${bytes.length} bytes`);
  const [zero, alsoZero, type, dimensions] = bytes;
  if (zero !== 0 || alsoZero !== 0 || type !== UNSIGNED_BYTE) {
    const magic = [...bytes.subarray(0, 3)].map(hex).join(" ");
    fail(`it must start with bytes 00 00 08, but starts with ${magic}`);
  }
  const header = 4 + 4 * dimensions;
  if (dimensions > MOST_DIMENSIONS) {
    fail(`it has ${dimensions} dimensions, more than ${MOST_DIMENSIONS}`);
  }
  if (dimensions === 0 || bytes.length < header) {
    fail(`its header of ${dimensions} dimensions is cut short`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from(
    { length: dimensions },
    (_, i) => view.getUint32(4 + 4 * i),
  );
  const expected = header + shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    fail(
      `shape [${shape.join(", ")}] needs ${expected} bytes, ` +
        `but it has ${bytes.length}`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}

/** The bytes of an IDX file: the inverse of `parseIdx`. */
export function encodeIdx({ shape, data }: IdxArray): Uint8Array<ArrayBuffer> {
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + data.length);
  bytes.set([0, 0, UNSIGNED_BYTE, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  bytes.set(data, header);
  return bytes;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
