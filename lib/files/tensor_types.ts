import { bfloat16ToFloat32 } from "./bfloat16.ts";
import type { NpyData } from "./npy_types.ts";

/** A type of the numbers in a safetensors file. */
export interface TensorType {
  /** Bytes of one number. */
  readonly size: number;
  readonly kind: "real" | "whole" | "boolean";
  /** Decodes little-endian bytes; float16 and bfloat16 become float32. */
  readonly decode: (bytes: Uint8Array<ArrayBuffer>) => NpyData;
}

const real = (size: number, decode: TensorType["decode"]): TensorType => (
  { size, kind: "real", decode }
);
const whole = (size: number, decode: TensorType["decode"]): TensorType => (
  { size, kind: "whole", decode }
);

/** The types that are read, by their names in the header. */
export const TENSOR_TYPES: Readonly<Record<string, TensorType>> = {
  F64: real(8, ({ buffer }) => new Float64Array(buffer)),
  F32: real(4, ({ buffer }) => new Float32Array(buffer)),
  F16: real(2, ({ buffer }) => Float32Array.from(new Float16Array(buffer))),
  BF16: real(2, ({ buffer }) => bfloat16ToFloat32(new Uint16Array(buffer))),
  I64: whole(8, ({ buffer }) => new BigInt64Array(buffer)),
  I32: whole(4, ({ buffer }) => new Int32Array(buffer)),
  I16: whole(2, ({ buffer }) => new Int16Array(buffer)),
  I8: whole(1, ({ buffer }) => new Int8Array(buffer)),
  U64: whole(8, ({ buffer }) => new BigUint64Array(buffer)),
  U32: whole(4, ({ buffer }) => new Uint32Array(buffer)),
  U16: whole(2, ({ buffer }) => new Uint16Array(buffer)),
  U8: whole(1, (bytes) => bytes),
  BOOL: {
    size: 1,
    kind: "boolean",
    decode: ({ buffer }) => new Int8Array(buffer),
  },
};

/** The type of a name; undefined if it is not read. */
export function tensorType(name: string): TensorType | undefined {
  return Object.hasOwn(TENSOR_TYPES, name) ? TENSOR_TYPES[name] : undefined;
}
