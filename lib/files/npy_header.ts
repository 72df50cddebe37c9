import { BadInput } from "../bad_input.ts";
import { parsePythonLiteral, type PythonValue } from "./python_literal.ts";

/** The header of a `.npy` file. */
export interface NpyHeader {
  /** Byte order, letter and size, such as `<f4`. */
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** Type of a structured array, for which NumPy lists several fields. */
export const RECORD = "a record of fields";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Largest length in bytes; NumPy's own limit is 10,000. */
const LONGEST = 2 ** 20;
/** Largest number of axes, as in NumPy. */
const MOST_AXES = 64;
/** NumPy starts the data at a multiple of this number of bytes. */
const ALIGNMENT = 64;

/**
 * Reads the header of a `.npy` file of version 1.0, 2.0 or 3.0.
 *
 * @param source name of the file in messages
 * @returns the header and the offset of the data in bytes
 * @throws {BadInput} if it is not such a header
 */
export function decodeNpyHeader(
  bytes: Uint8Array,
  source: string,
): { header: NpyHeader; dataStart: number } {
  checkMagic(bytes, source);
  const [major, minor] = [bytes[6], bytes[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new BadInput(
      `Cannot read ${source}: its format is version ${major}.${minor} but ` +
        `must be 1.0, 2.0 or 3.0`,
    );
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw cutShort(source);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = major === 1
    ? view.getUint16(8, true)
    : view.getUint32(8, true);
  if (start + length > bytes.length) throw cutShort(source);
  if (length > LONGEST) throw damaged(source, `it is ${length} bytes long`);
  const dataStart = start + length;
  const decoder = new TextDecoder(major === 3 ? "utf-8" : "latin1");
  const text = decoder.decode(bytes.subarray(start, dataStart));
  return { header: readFields(text, source), dataStart };
}

/** The header of a `.npy` file of version 1.0, byte for byte as NumPy writes it. */
export function encodeNpyHeader({ dtype, fortranOrder, shape }: NpyHeader) {
  const order = fortranOrder ? "True" : "False";
  const dict = `{'descr': '${dtype}', 'fortran_order': ${order}, ` +
    `'shape': ${shapeText(shape)}, }`;
  const prefix = MAGIC.length + 4;
  const size = Math.ceil((prefix + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(size);
  bytes.set([...MAGIC, 1, 0]);
  new DataView(bytes.buffer).setUint16(MAGIC.length + 2, size - prefix, true);
  const text = dict.padEnd(size - prefix - 1) + "\n";
  bytes.set(new TextEncoder().encode(text), prefix);
  return bytes;
}

/** A shape as Python prints it: `(3, 2)`, and `(3,)` for one dimension. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

function checkMagic(bytes: Uint8Array, source: string): void {
  const begins = (magic: number[]) =>
    bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
  if (!begins(MAGIC)) {
    throw new BadInput(
      bytes.length === 0
        ? `Cannot read ${source}: it is empty`
        : `Cannot read ${source}: it is not a .npy file`,
    );
  }
  if (bytes.length < MAGIC.length + 2) throw cutShort(source);
}

function readFields(text: string, source: string): NpyHeader {
  const fields = parseFields(text, source);
  const [descr, order, shape] = ["descr", "fortran_order", "shape"]
    .map((key) => fields.get(key));
  if (
    fields.size !== 3 || descr === undefined || descr === null ||
    typeof order !== "boolean"
  ) {
    throw damaged(
      source,
      "it must contain only descr, fortran_order and shape",
    );
  }
  if (!isShape(shape)) {
    throw damaged(source, "its shape must be a tuple of whole numbers");
  }
  if (shape.length > MOST_AXES) {
    throw damaged(
      source,
      `it has ${shape.length} axes, more than ${MOST_AXES}`,
    );
  }
  const dtype = typeof descr === "string" ? descr : RECORD;
  return { dtype, fortranOrder: order, shape };
}

function parseFields(
  text: string,
  source: string,
): ReadonlyMap<string, PythonValue> {
  let value: PythonValue;
  try {
    value = parsePythonLiteral(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw damaged(source, error.message);
  }
  if (value instanceof Map) return value;
  throw damaged(source, "it must be a dictionary");
}

function isShape(value: PythonValue | undefined): value is readonly number[] {
  return Array.isArray(value) &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function cutShort(source: string): BadInput {
  return new BadInput(`Cannot read ${source}: its header is cut short`);
}

function damaged(source: string, how: string): BadInput {
  return new BadInput(`Cannot read ${source}: its header is damaged, ${how}`);
}
