import { BadInput } from "../bad_input.ts";

/**
 * What `read` returns, or `undefined` where the file it reads is damaged: for
 * programs that look through many files, of which one must not stop all.
 *
 * @param read throws `BadInput` for a damaged file, as `readJson()` does
 * @param onDamaged called with its one line, which names the file; without it
 * the error is thrown
 */
export async function skipDamaged<Value>(
  read: () => Promise<Value>,
  onDamaged: ((reason: string) => void) | undefined,
): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (onDamaged === undefined || !(error instanceof BadInput)) throw error;
    onDamaged(error.message);
    return undefined;
  }
}
