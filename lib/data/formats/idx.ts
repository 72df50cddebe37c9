import { BadInput } from "../../bad_input.ts";

/** An array of bytes with a shape, row-major: what an IDX file holds. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads the IDX format of the MNIST family: two zero bytes, a type (only
 * unsigned bytes are read), the number of dimensions, each dimension as a
 * big-endian 32-bit number, then the values and nothing after them.
 *
 * @param bytes the whole file, decompressed; the result is a view of it
 * @param name how errors call the file
 * @throws {BadInput} if magic, dimensions or length are not exactly that
 *
 * @example
 * ```ts
 * import { parseIdx } from "./idx.ts";
 * const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);
 * parseIdx(bytes, "labels"); // { shape: [2], data: [7, 9] }
 * ```
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const fail = (reason: string): never => {
    throw new BadInput(`Cannot read ${name} as an IDX file: ${reason}`);
  };
  if (bytes.length < 4) fail(`it has ${bytes.length} bytes, too few to start`);
  const [zero, alsoZero, type, dimensions] = bytes;
  if (zero !== 0 || alsoZero !== 0 || type !== UNSIGNED_BYTE) {
    const magic = [...bytes.subarray(0, 3)].map(hex).join(" ");
    fail(`it must start with bytes 00 00 08, but starts with ${magic}`);
  }
  const header = 4 + 4 * dimensions;
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
