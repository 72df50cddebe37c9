import { BadInput } from "../bad_input.ts";
import { isSpecialFile, readSpecialFile } from "./read_special_file.ts";

/**
 * A file that a person named, whole.
 *
 * @throws {BadInput} if it cannot be read
 */
export async function readBytes(
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return isSpecialFile(path)
      ? readSpecialFile(path)
      : await Deno.readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Why a file cannot be read, from the error of the attempt. */
export function unreadable(path: string, error: unknown): BadInput {
  const reason = error instanceof Deno.errors.NotFound
    ? "there is no such file"
    : error instanceof Deno.errors.IsADirectory
    ? "it is a directory"
    : (error as Error).message;
  return new BadInput(`Cannot read ${path}: ${reason}`);
}
