import { BadInput } from "../../lib/bad_input.ts";
import type { Bytes, OpenReader } from "./reader.ts";

/** What became of a file: it was read, or refused in one line. */
export type Verdict = "read" | "refused";

/** Largest number of characters of a message, without paths. */
const LONGEST_MESSAGE = 1000;

/**
 * Reads a file and judges the outcome.
 *
 * @throws {Error} unless the file gives a valid value, or is refused as
 * `checkRefusal()` demands
 */
export async function examine(
  reader: OpenReader,
  bytes: Bytes,
): Promise<Verdict> {
  try {
    await reader.read(bytes);
    return "read";
  } catch (error) {
    checkRefusal(error);
    return "refused";
  }
}

/**
 * Throws unless an error is a `BadInput` with a message of one short line without
 * control characters.
 */
export function checkRefusal(error: unknown): void {
  if (!(error instanceof BadInput)) throw error;
  const { message } = error;
  if (/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(message)) {
    throw new Error(`control characters: ${JSON.stringify(message)}`);
  }
  if (message.length <= LONGEST_MESSAGE) return;
  const start = message.slice(0, 300);
  throw new Error(`a message of ${message.length} characters: ${start}`);
}
