/** Sorted names of the entries of a folder; none if the folder is missing. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
    return names.sort();
  } catch (error) {
    ignoreNotFound(error);
    return [];
  }
}

/** Removes a file, or a folder with everything below it, if it exists. */
export async function removeTree(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch(ignoreNotFound);
}

/** Whether a path is a folder or a link to one. */
export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Whether a path is a regular file or a link to one. */
export function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/**
 * Ignores the error of a missing file or folder, for use in `catch`.
 *
 * @throws any other error
 */
export function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** Whether an error means that a path does not exist, even below a file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

/** The size of all files below a folder, in bytes; links are not followed. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  // A running training may remove any of them meanwhile.
  try {
    for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) bytes += await folderBytes(path);
      if (isFile) {
        bytes += (await Deno.stat(path).catch(ignoreNotFound))?.size ?? 0;
      }
    }
  } catch (error) {
    ignoreNotFound(error);
  }
  return bytes;
}
