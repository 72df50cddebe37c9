import { createHash } from "node:crypto";
import { BadInput } from "../../bad_input.ts";
import type { PinnedFile } from "../collection.ts";

/** Whether a path leads to a file. */
export async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}

/** The SHA-256 of bytes, in hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Throws unless bytes have the SHA-256 that is known beforehand.
 *
 * @param path where they come from, for the message
 * @throws {BadInput} that names both checksums
 */
export function checkPinned(
  bytes: Uint8Array,
  { sha256 }: PinnedFile,
  { path, what = "it" }: { path: string; what?: string },
): void {
  const found = sha256Of(bytes);
  if (found === sha256) return;
  throw new BadInput(
    `Cannot use ${path} as it is damaged: the SHA-256 of ${what} is ` +
      `${found}, but must be ${sha256}`,
  );
}
