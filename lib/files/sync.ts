import { join } from "node:path";

/** Errors of folders that cannot be flushed or opened for reading. */
const UNSUPPORTED = new Set(["EACCES", "EBADF", "EINVAL", "ENOTSUP"]);

/**
 * Flushes a folder to the disk, so that files that were just created or renamed in it
 * survive a power failure.
 */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders and flushes them together with their files.
  if (Deno.build.os === "windows") return;
  try {
    using handle = await Deno.open(folder);
    await handle.sync();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !UNSUPPORTED.has(code)) throw error;
  }
}

/** Flushes a folder with all its files and folders to the disk. */
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
