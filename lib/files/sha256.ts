import { createHash } from "node:crypto";
import { ignoreNotFound } from "./folders.ts";

/** SHA-256 of the bytes of an array, or of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256(
  content: DataView | Uint8Array | Float32Array | string,
): string {
  return sha256OfParts([content]);
}

/**
 * SHA-256 of concatenated parts, as 64 hexadecimal digits. Each part is hashed before
 * the next one is requested, so that they need not fit in memory together.
 */
export function sha256OfParts(
  parts: Iterable<DataView | Uint8Array | Float32Array | string>,
): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** SHA-256 of a file, as 64 hexadecimal digits; undefined if it is missing. */
export async function sha256OfFile(path: string): Promise<string | undefined> {
  const bytes = await Deno.readFile(path).catch(ignoreNotFound);
  return bytes && sha256(bytes);
}
