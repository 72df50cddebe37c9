import { BadInput } from "../../bad_input.ts";
import { sha256 } from "../../files/sha256.ts";
import type { PinnedFile } from "../collection.ts";

/**
 * Throws unless bytes have the expected SHA-256.
 *
 * @param path path of the file, for the message
 * @throws {BadInput} with both checksums
 */
export function checkPinned(
  bytes: Uint8Array,
  pinned: PinnedFile,
  { path, what = "it" }: { path: string; what?: string },
): void {
  const found = sha256(bytes);
  if (found === pinned.sha256) return;
  throw new BadInput(
    `Cannot use ${path} as it is damaged: the SHA-256 of ${what} is ` +
      `${found} but must be ${pinned.sha256}`,
  );
}
