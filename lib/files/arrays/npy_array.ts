import { decodeNpy } from "../decode_npy.ts";
import { decodeNpyText } from "../decode_npy_text.ts";
import type { NpyHeader } from "../npy_header.ts";
import { isBfloat16 } from "../npy_types.ts";
import type { StoredArray, ValueType } from "./stored_array.ts";

/** Types of values by NumPy's letter. */
const TYPES: Readonly<Record<string, ValueType>> = {
  f: "real",
  i: "whole",
  u: "whole",
  b: "boolean",
  U: "text",
  S: "text",
};

/**
 * An array in `.npy` format.
 *
 * @param header from its beginning
 * @param source name of the array in messages
 * @param load returns all its bytes, which stay unchanged
 */
export function npyArray(
  header: NpyHeader,
  { key, source, load }: {
    readonly key: string | undefined;
    readonly source: string;
    readonly load: () => Uint8Array<ArrayBuffer>;
  },
): StoredArray {
  const { dtype, shape } = header;
  const type = isBfloat16(dtype) ? "real" : TYPES[dtype[1]];
  return {
    key,
    source,
    shape,
    type,
    read() {
      if (type === "text") {
        return { data: decodeNpyText(load(), source), shape, type };
      }
      // Decoding swaps the bytes of big-endian numbers in place.
      const bytes = dtype[0] === ">" ? load().slice() : load();
      return { ...decodeNpy(bytes, source), type: type ?? "real" };
    },
  };
}
