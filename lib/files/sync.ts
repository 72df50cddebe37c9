import { join } from "node:path";

/** Where a folder cannot be flushed, or is one that may only be written to. */
const UNSUPPORTED = new Set(["EACCES", "EBADF", "EINVAL", "ENOTSUP"]);

/**
 * Flushes a folder's list of names to the disk, so that files which were just
 * created or renamed in it survive a loss of power.
 */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and flushes their names with the files.
  if (Deno.build.os === "windows") return;
  try {
    using handle = await Deno.open(folder);
    await handle.sync();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !UNSUPPORTED.has(code)) throw error;
  }
}

/** Flushes every file below a folder, and all lists of names, to the disk. */
export async function syncTree(folder: string): Promise<void> {
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) await syncTree(path);
    if (isFile) {
      using file = await Deno.open(path);
      await file.sync();
    }
  }
  await syncFolder(folder);
}
