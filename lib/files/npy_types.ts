import { BadInput } from "../bad_input.ts";
import { RECORD } from "./npy_header.ts";
import { quoted } from "./quoted.ts";

/** Numbers of a NumPy array; float16 and bfloat16 become float32, and bool int8. */
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

/** A row-major array. */
export interface NpyArray<Data extends NpyData = NpyData> {
  /** The numbers in row-major order. */
  readonly data: Data;
  /** Length of each axis; empty for a single number. */
  readonly shape: readonly number[];
}

/** Array types for writing, by NumPy's letter and size in bytes. */
const WRITTEN = {
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

/**
 * Array types for reading. NumPy knows no bfloat16, and writes it as two bytes of no
 * type.
 */
const READ = {
  ...WRITTEN,
  f2: Float16Array,
  b1: Int8Array,
  V2: Uint16Array,
};

/** NumPy's letter and size of bfloat16. */
const BFLOAT16 = "V2";

/** Whether a NumPy type, such as `<V2`, is taken for bfloat16. */
export function isBfloat16(dtype: string): boolean {
  return dtype.slice(1) === BFLOAT16;
}

/** A type of `READ`. */
export type ElementType = (typeof READ)[keyof typeof READ];

/**
 * The array type of a NumPy type such as `<f4`.
 *
 * @throws {BadInput} if it is not a type of real numbers, whole numbers or booleans
 */
export function elementType(dtype: string, source: string): ElementType {
  const [order, kind] = [dtype[0], dtype.slice(1)];
  const known = Object.hasOwn(READ, kind)
    ? READ[kind as keyof typeof READ]
    : undefined;
  // NumPy omits the byte order only for types of a single byte, or of none.
  const isBare = known?.BYTES_PER_ELEMENT === 1 || kind === BFLOAT16;
  const orders = isBare ? "|<>" : "<>";
  if (known !== undefined && orders.includes(order)) return known;
  throw new BadInput(
    `Cannot read ${source}: its type is ${typeText(dtype)} but must be ` +
      `float16, float32, float64, bool or whole numbers`,
  );
}

/** NumPy's name of the type of an array, such as `<f4`. */
export function dtypeOf(data: NpyData): string {
  const [kind] = Object.entries(WRITTEN)
    .find(([, Kind]) => data instanceof Kind)!;
  return (data.BYTES_PER_ELEMENT === 1 ? "|" : "<") + kind;
}

/** Whether an array contains real numbers rather than whole ones. */
export function isReal(data: NpyData): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array;
}

/** The name of the type of an array in messages, such as `float32`. */
export function typeName(data: NpyData): string {
  return data.constructor.name.replace(/^Big|Array$/g, "").toLowerCase();
}

/** A name for common unsupported types; NumPy's letters for others. */
function typeText(dtype: string): string {
  const names: Readonly<Record<string, string>> = {
    O: "object",
    c: "complex",
    U: "text",
    S: "text",
    M: "a date",
    m: "a time",
  };
  if (dtype === RECORD) return dtype;
  // Anything else is escaped, because messages have a single line.
  if (!/^[<>|=]\w{1,9}(\[\w+\])?$/.test(dtype)) return quoted(dtype);
  const name = names[dtype[1]];
  return name === undefined ? dtype : `${name} (${dtype})`;
}
