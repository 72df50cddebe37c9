import { BadInput } from "../bad_input.ts";
import { isSpecialFile, readSpecialFile } from "./read_special_file.ts";

/**
 * The content of a file that the user named.
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

/** The error of a file that cannot be read, from the original error. */
export function unreadable(path: string, error: unknown): BadInput {
  const reason = error instanceof Deno.errors.NotFound
    ? "there is no such file"
    : error instanceof Deno.errors.IsADirectory
    ? "it is a folder"
    : (error as Error).message;
  return new BadInput(`Cannot read ${path}: ${reason}`);
}
