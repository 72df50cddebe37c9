import { sha256 } from "../../files/sha256.ts";

/** Returns the source expression that allows one inline script: `'sha256-…'`. */
export function scriptHash(text: string): string {
  return `'sha256-${Uint8Array.fromHex(sha256(text)).toBase64()}'`;
}
