import { encodeNpyHeader } from "./npy_header.ts";
import { dtypeOf, type NpyArray } from "./npy_types.ts";

/** The bytes of a `.npy` file of version 1.0; the shape must match the numbers. */
export function encodeNpy(
  { data, shape }: NpyArray,
): Uint8Array<ArrayBuffer> {
  const header = encodeNpyHeader({
    dtype: dtypeOf(data),
    fortranOrder: false,
    shape,
  });
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    header.length,
  );
  return bytes;
}
