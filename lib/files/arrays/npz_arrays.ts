import { checkLength } from "../decode_npy.ts";
import { arrayEntries, keyOf, peekHeader } from "../npz.ts";
import { shown } from "../quoted.ts";
import { openZip } from "../zip.ts";
import { npyArray } from "./npy_array.ts";
import type { StoredArray } from "./stored_array.ts";

/**
 * The arrays of a `.npz` archive. If a key occurs twice, the last array has it.
 *
 * @param file path of the archive, for messages
 * @throws {BadInput} if it is damaged or contains no arrays
 */
export function npzArrays(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
): StoredArray[] {
  const byKey = new Map(
    arrayEntries(archive, file).map((entry) => [keyOf(entry), entry]),
  );
  return [...byKey].map(([key, entry]) => {
    const source = `${file}:${shown(key)}`;
    const { header, dataStart } = peekHeader(archive, entry, source);
    const load = () => {
      // Decompress only if the content has the length of the array.
      checkLength(header, entry.size - dataStart, source);
      return openZip(archive, entry, source);
    };
    return npyArray(header, { key, source, load });
  });
}
