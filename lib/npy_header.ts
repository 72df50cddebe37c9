import { BadInput } from "./bad_input.ts";

/** What a `.npy` file says of its array. */
export interface NpyHeader {
  /** Byte order, letter and size, such as `<f4`. */
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin, in bytes. */
  readonly end: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads the header of a `.npy` file of version 1.0, 2.0 or 3.0.
 *
 * @param source the file's name, for messages
 * @throws {BadInput} if the bytes begin no such file
 */
export function parseNpyHeader(bytes: Uint8Array, source: string): NpyHeader {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new BadInput(`Cannot read ${source}: it is no .npy file`);
  }
  const version = bytes[6];
  if (version < 1 || version > 3 || bytes[7] !== 0) {
    throw new BadInput(
      `Cannot read ${source}: its format is version ${version}.${bytes[7]}, ` +
        `and must be 1.0, 2.0 or 3.0`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  const length = version === 1
    ? view.getUint16(8, true)
    : bytes.length < 12
    ? Infinity
    : view.getUint32(8, true);
  const end = start + length;
  if (end > bytes.length) {
    throw new BadInput(`Cannot read ${source}: its header is cut short`);
  }
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  return { ...readFields(text, source), end };
}

function readFields(text: string, source: string) {
  const fields = parseDict(text);
  const descr = fields?.get("descr");
  const fortranOrder = fields?.get("fortran_order");
  const shape = fields?.get("shape");
  if (
    fields?.size !== 3 || typeof fortranOrder !== "boolean" ||
    !Array.isArray(shape) || descr === undefined
  ) {
    throw new BadInput(
      `Cannot read ${source}: its header is damaged, and must hold descr, ` +
        `fortran_order and shape`,
    );
  }
  // A list as descr describes records; it is refused by its name.
  const dtype = typeof descr === "string" ? descr : "a record of fields";
  return { dtype, fortranOrder, shape: shape as number[] };
}

type Value = string | boolean | number[] | { readonly other: true };

/** The entries of a Python dictionary literal, or nothing if it is none. */
function parseDict(text: string): Map<string, Value> | undefined {
  const outer = /^\s*\{(.*)\}\s*$/s.exec(text);
  if (!outer) return undefined;
  const fields = new Map<string, Value>();
  const entry =
    /\s*(?:'([^']*)'|"([^"]*)")\s*:\s*(True|False|'[^']*'|"[^"]*"|\([\d\sL,]*\)|\[[^\]]*\])\s*(?:,|$)/y;
  while (entry.lastIndex < outer[1].length) {
    if (outer[1].slice(entry.lastIndex).trim() === "") break;
    const match = entry.exec(outer[1]);
    if (!match) return undefined;
    const key = match[1] ?? match[2];
    if (fields.has(key)) return undefined;
    const value = parseValue(match[3]);
    if (value === undefined) return undefined;
    fields.set(key, value);
  }
  return fields;
}

function parseValue(text: string): Value | undefined {
  if (text === "True" || text === "False") return text === "True";
  if (text[0] === "(") return parseTuple(text.slice(1, -1));
  if (text[0] === "[") return { other: true };
  return text.slice(1, -1);
}

/** `3, 4` or `3,` as numbers; Python's tuple of one ends in a comma. */
function parseTuple(text: string): number[] | undefined {
  const items = text.split(",").map((item) => item.trim().replace(/L$/, ""));
  const trailing = items.at(-1) === "";
  if (trailing) items.pop();
  if (!trailing && items.length === 1) return undefined;
  const numbers = items.map(Number);
  const whole = items.every((item, i) =>
    item !== "" && Number.isSafeInteger(numbers[i])
  );
  return whole ? numbers : undefined;
}
