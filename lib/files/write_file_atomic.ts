import { dirname } from "node:path";
import { syncFolder } from "./sync.ts";
import { createTemporary, removeAbandoned } from "./temporary.ts";

/**
 * Writes a file atomically: even after a crash it has either its complete old or its
 * complete new content. The content is written to a temporary file next to it, flushed
 * to the disk and renamed. Temporary files of killed writers are removed. The file
 * behind a symbolic link is written, and the link stays.
 *
 * @param path path of the file in an existing folder
 * @param content bytes, or text written as UTF-8
 * @param options `rename`: function that moves the file, replaced in tests
 * @throws {Error} if the file cannot be written; an existing file is then unchanged
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { writeFileAtomic } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/record.json`;
 * await writeFileAtomic(path, "{}");
 * strictEqual(await Deno.readTextFile(path), "{}");
 * ```
 */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | string,
  options: { readonly rename?: typeof Deno.rename } = {},
): Promise<void> {
  const { rename = Deno.rename } = options;
  const target = behindLink(path);
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const temporary = createTemporary(target, "file");
  try {
    await writeAll(temporary.handle, bytes);
    await temporary.handle.sync();
    await rename(temporary.path, target);
  } catch (error) {
    await Deno.remove(temporary.path).catch(() => {});
    throw named(error as Error, path);
  } finally {
    temporary.handle.close();
  }
  await syncFolder(dirname(target));
  removeAbandoned(target);
}

/** Adds the path to an error that has none, such as that of a full disk. */
export function named(error: Error, path: string): Error {
  if (!/\(os error \d+\)$/.test(error.message)) return error;
  return new Error(`${error.message}: write '${path}'`, { cause: error });
}

/** The file that a symbolic link leads to; the path itself if it is no link. */
function behindLink(path: string): string {
  try {
    return Deno.lstatSync(path).isSymlink ? Deno.realPathSync(path) : path;
  } catch {
    // It does not exist, or leads nowhere: the link is then replaced.
    return path;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await file.write(bytes.subarray(at));
  }
}
