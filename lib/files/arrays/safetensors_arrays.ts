import { BadInput } from "../../bad_input.ts";
import { shown } from "../quoted.ts";
import { storedTensors } from "../safetensors.ts";
import { TENSOR_TYPES, tensorType } from "../tensor_types.ts";
import type { StoredArray } from "./stored_array.ts";

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
    const found = tensorType(dtype);
    return {
      key: name,
      source,
      shape,
      type: found?.kind,
      read() {
        if (found !== undefined) {
          return { data: found.decode(data()), shape, type: found.kind };
        }
        throw new BadInput(
          `Cannot read ${source}: its type is ${shown(dtype)} but must be ` +
            `one of ${Object.keys(TENSOR_TYPES).join(", ")}`,
        );
      },
    };
  });
}
