import { gunzipSync } from "node:zlib";
import { BadInput } from "../../bad_input.ts";
import { readBytes } from "../../files/read_bytes.ts";
import {
  isTooLarge,
  TOO_LARGE,
  unpackLimit,
} from "../../files/unpack_limit.ts";
import { reasonOf } from "../report.ts";

/**
 * The content of a file, unpacked if its name ends with `.gz`.
 *
 * @throws {BadInput} if it cannot be read, is damaged, or unpacks to more than
 * `unpackLimit()`
 */
export async function readGzipped(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  if (!path.endsWith(".gz")) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: unpackLimit(bytes.length) });
  } catch (error) {
    const reason = isTooLarge(error) ? TOO_LARGE : reasonOf(error);
    throw new BadInput(`Cannot use ${path} as it is damaged: ${reason}`);
  }
}
