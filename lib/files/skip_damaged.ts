import { BadInput } from "../bad_input.ts";

/**
 * Returns the result of `read`, or `undefined` if the file is damaged, so that one
 * damaged file does not stop a program that reads many.
 *
 * @param read throws `BadInput` for a damaged file, as `readJson()` does
 * @param onDamaged called with the message, which names the file; if undefined, the
 * error is thrown
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
