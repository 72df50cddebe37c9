import { BadInput } from "../bad_input.ts";

/**
 * A file that a person named, whole.
 *
 * @throws {BadInput} if it cannot be read
 */
export async function readBytes(
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : error instanceof Deno.errors.IsADirectory
      ? "it is a directory"
      : (error as Error).message;
    throw new BadInput(`Cannot read ${path}: ${reason}`);
  }
}
