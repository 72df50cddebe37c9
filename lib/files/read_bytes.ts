import { BadInput } from "../bad_input.ts";
import { isFile, isMissing } from "./folders.ts";
import {
  isEndless,
  isSpecialFile,
  readSpecialFile,
} from "./read_special_file.ts";

/** Largest size of a file that is read into memory, as V8 has no larger array. */
const MOST_BYTES = 2 ** 33 - 1;

/**
 * The content of a file that the user named.
 *
 * @throws {BadInput} if it cannot be read, or is larger than 8 GiB
 */
export async function readBytes(
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await contentOf(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * The content of a file as by `readBytes()`; undefined if it does not exist. A link to
 * a file that does not exist is an error.
 *
 * @throws {BadInput} if it exists but cannot be read
 */
export async function readBytesIfPresent(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await contentOf(path);
  } catch (error) {
    // Not looked for before: another process may create or remove it meanwhile.
    if (isMissing(error) && !isLink(path)) return undefined;
    throw unreadable(path, error);
  }
}

async function contentOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (isSpecialFile(path)) return readSpecialFile(path);
  const info = await Deno.stat(path);
  if (isEndless(info)) return readSpecialFile(path);
  checkSize(path, info.size);
  return await Deno.readFile(path);
}

/** Whether there is a file, which `readBytes()` can be asked for. */
export function isThere(path: string): boolean {
  return isFile(path);
}

/** Whether a path is a link. */
export function isLink(path: string): boolean {
  // Deno looks at special files only with --allow-all.
  if (isSpecialFile(path)) return false;
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}

/** Whether two paths lead to the same file, however they are spelled. */
export function isSameFile(a: string, b: string): boolean {
  if (a === b) return true;
  try {
    return Deno.realPathSync(a) === Deno.realPathSync(b);
  } catch {
    // One of them does not exist, which the reader of it says.
    return false;
  }
}

/** The content of a file, as by `readBytes()`. */
export function readBytesSync(path: string): Uint8Array<ArrayBuffer> {
  try {
    if (isSpecialFile(path)) return readSpecialFile(path);
    const info = Deno.statSync(path);
    if (isEndless(info)) return readSpecialFile(path);
    checkSize(path, info.size);
    return Deno.readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function checkSize(path: string, size: number): void {
  if (size <= MOST_BYTES) return;
  throw new BadInput(
    `Cannot read ${path}: it has ${size} bytes, more than 8 GiB`,
  );
}

/** The error of a file that cannot be read, from the original error. */
export function unreadable(path: string, error: unknown): BadInput {
  if (error instanceof BadInput) return error;
  const reason = isMissing(error)
    ? isLink(path)
      ? "it is a link to a file that does not exist"
      : "there is no such file"
    : error instanceof Deno.errors.IsADirectory
    ? "it is a folder"
    : (error as Error).message.replace(/: \w+ '.*$/s, "");
  return new BadInput(`Cannot read ${path}: ${reason}`);
}
