import { BadInput } from "../../bad_input.ts";
import { bfloat16ToFloat32 } from "../bfloat16.ts";
import { shown } from "../npz.ts";
import type { NpyData } from "../npy_types.ts";
import { storedTensors } from "../safetensors.ts";
import type { StoredArray, ValueType } from "./stored_array.ts";

/** How the bytes of a type become numbers, which are little-endian. */
const DECODERS: Readonly<
  Record<string, (bytes: Uint8Array<ArrayBuffer>) => NpyData>
> = {
  F64: ({ buffer }) => new Float64Array(buffer),
  F32: ({ buffer }) => new Float32Array(buffer),
  F16: ({ buffer }) => Float32Array.from(new Float16Array(buffer)),
  BF16: ({ buffer }) => bfloat16ToFloat32(new Uint16Array(buffer)),
  I64: ({ buffer }) => new BigInt64Array(buffer),
  I32: ({ buffer }) => new Int32Array(buffer),
  I16: ({ buffer }) => new Int16Array(buffer),
  I8: ({ buffer }) => new Int8Array(buffer),
  U64: ({ buffer }) => new BigUint64Array(buffer),
  U32: ({ buffer }) => new Uint32Array(buffer),
  U16: ({ buffer }) => new Uint16Array(buffer),
  U8: (bytes) => bytes,
  BOOL: ({ buffer }) => new Int8Array(buffer),
};

/**
 * The arrays of a safetensors file; float16 and bfloat16 become float32.
 *
 * @param path of the file, for messages
 * @throws {BadInput} if it is damaged or contains no arrays
 */
export function safetensorsArrays(
  bytes: Uint8Array,
  path: string,
): StoredArray[] {
  const tensors = storedTensors(bytes, path);
  if (tensors.length === 0) {
    throw new BadInput(`Cannot read ${path}: it contains no arrays`);
  }
  return tensors.map(({ name, dtype, shape, data }) => {
    const source = `${path}:${shown(name)}`;
    const type = typeOf(dtype);
    const decode = DECODERS[dtype];
    return {
      key: name,
      source,
      shape,
      type,
      read() {
        if (type !== undefined) return { data: decode(data()), shape, type };
        throw new BadInput(
          `Cannot read ${source}: its type is ${dtype} but must be one of ` +
            Object.keys(DECODERS).join(", "),
        );
      },
    };
  });
}

function typeOf(dtype: string): ValueType | undefined {
  if (!Object.hasOwn(DECODERS, dtype)) return undefined;
  if (dtype === "BOOL") return "boolean";
  return dtype.includes("F") ? "real" : "whole";
}
