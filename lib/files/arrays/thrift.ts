/** A struct of Thrift's compact protocol: its numbers and structs by field id. */
export interface ThriftStruct {
  readonly numbers: ReadonlyMap<number, number>;
  readonly structs: ReadonlyMap<number, ThriftStruct>;
  /** Offset of the bytes after it. */
  readonly end: number;
}

/** Types of fields and elements. */
const TYPE = {
  stop: 0,
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  struct: 12,
};

/** Largest nesting; that of Parquet's metadata is 7. */
const DEEPEST = 32;

/** Bytes of the longest number, of 64 bits. */
const LONGEST = 10;

/**
 * Reads a struct strictly. Lists and texts are checked and skipped. It takes time
 * and memory in proportion to its bytes.
 *
 * @throws {RangeError} if it is damaged or cut short
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function readThrift(
  bytes: Uint8Array,
  start: number,
  depth = 0,
): ThriftStruct {
  if (depth > DEEPEST) throw damaged();
  const numbers = new Map<number, number>();
  const structs = new Map<number, ThriftStruct>();
  let at = start;
  let id = 0;
  while (true) {
    const head = byteAt(bytes, at++);
    const type = head & 15;
    if (type === TYPE.stop) return { numbers, structs, end: at };
    if (head >> 4 !== 0) id += head >> 4;
    else {
      const long = signed(shortAt(bytes, at));
      id = long.value;
      at = long.end;
    }
    if (type === TYPE.true || type === TYPE.false) {
      numbers.set(id, type === TYPE.true ? 1 : 0);
      continue;
    }
    const element = readElement(bytes, at, type, depth);
    if ("struct" in element) structs.set(id, element.struct);
    if ("value" in element) numbers.set(id, element.value);
    at = element.end;
  }
}

/** A value that is a number, a struct, or skipped. */
type Element =
  | { readonly value: number; readonly end: number }
  | { readonly struct: ThriftStruct; readonly end: number }
  | { readonly end: number };

function readElement(
  bytes: Uint8Array,
  at: number,
  type: number,
  depth: number,
): Element {
  switch (type) {
    case TYPE.byte:
      return { value: byteAt(bytes, at), end: at + 1 };
    case TYPE.i16:
    case TYPE.i32:
      return signed(shortAt(bytes, at));
    case TYPE.i64:
      return signed(unsignedAt(bytes, at));
    case TYPE.double:
      return { end: within(bytes, at + 8) };
    case TYPE.binary: {
      const { value, end } = shortAt(bytes, at);
      return { end: within(bytes, end + value) };
    }
    case TYPE.list:
      return { end: listEnd(bytes, at, depth) };
    case TYPE.struct: {
      const struct = readThrift(bytes, at, depth + 1);
      return { struct, end: struct.end };
    }
    default:
      throw damaged();
  }
}

function listEnd(bytes: Uint8Array, start: number, depth: number): number {
  if (depth > DEEPEST) throw damaged();
  const head = byteAt(bytes, start);
  const long = head >> 4 === 15 ? shortAt(bytes, start + 1) : undefined;
  const count = long?.value ?? head >> 4;
  const type = head & 15;
  const isBoolean = type === TYPE.true || type === TYPE.false;
  let at = long?.end ?? start + 1;
  // Every element has at least one byte.
  within(bytes, at + count);
  for (let i = 0; i < count; i++) {
    at = readElement(bytes, at, isBoolean ? TYPE.byte : type, depth + 1).end;
  }
  return at;
}

/** A number of variable length and the offset of the bytes after it. */
interface Numeral {
  readonly value: number;
  readonly end: number;
}

/** The signed number of an unsigned one in zigzag form. */
function signed({ value, end }: Numeral): Numeral {
  return { value: value % 2 === 0 ? value / 2 : -(value + 1) / 2, end };
}

/** An unsigned number of up to 32 bits. */
function shortAt(bytes: Uint8Array, start: number): Numeral {
  const number = unsignedAt(bytes, start);
  if (number.value >= 2 ** 32) throw damaged();
  return number;
}

/** An unsigned number of up to 64 bits; above 2^53 it is rounded. */
function unsignedAt(bytes: Uint8Array, start: number): Numeral {
  let value = 0;
  for (let i = 0; i < LONGEST; i++) {
    const byte = byteAt(bytes, start + i);
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  throw damaged();
}

function byteAt(bytes: Uint8Array, at: number): number {
  within(bytes, at + 1);
  return bytes[at];
}

function within(bytes: Uint8Array, end: number): number {
  if (end <= bytes.length) return end;
  throw damaged();
}

function damaged(): RangeError {
  return new RangeError("its metadata are damaged");
}
