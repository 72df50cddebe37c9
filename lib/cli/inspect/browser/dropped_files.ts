/**
 * Takes the place of `lib/files/read_bytes.ts` in a page: files that were dropped on it
 * instead of those on disk.
 *
 * @module
 */
import { BadInput } from "../../../bad_input.ts";

/** The content of the dropped files by name. */
export const droppedFiles = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * The content of a dropped file.
 *
 * @throws {BadInput} if there is none of this name
 */
export function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = droppedFiles.get(path);
  return bytes === undefined
    ? Promise.reject(unreadable(path))
    : Promise.resolve(bytes);
}

/** The error of a file that was not dropped. */
export function unreadable(path: string): BadInput {
  return new BadInput(`Cannot read ${path}: there is no such file`);
}

/** Whether a file was dropped. */
export function isThere(path: string): boolean {
  return droppedFiles.has(path);
}

/** Whether two paths are the same dropped file. */
export function isSameFile(a: string, b: string): boolean {
  return a === b;
}

/** Whether a file is a link: never. */
export function isLink(): boolean {
  return false;
}
