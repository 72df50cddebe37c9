import { dirname } from "node:path";
import { syncFolder } from "./sync.ts";
import { createTemporary, removeAbandoned } from "./temporary.ts";

/**
 * Writes a file so that it holds its old or its new content as a whole, also
 * after a crash: first under a temporary name beside it, flushed to the disk,
 * then renamed. Temporary files of writers that were killed are removed.
 *
 * @param options `rename` puts the file in its place; another one in tests
 */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | string,
  { rename = Deno.rename }: { readonly rename?: typeof Deno.rename } = {},
): Promise<void> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const temporary = await createTemporary(path, "file");
  try {
    await writeAll(temporary.handle, bytes);
    await temporary.handle.sync();
    await rename(temporary.path, path);
  } catch (error) {
    await Deno.remove(temporary.path).catch(() => {});
    throw error;
  } finally {
    temporary.handle.close();
  }
  await syncFolder(dirname(path));
  await removeAbandoned(path);
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await file.write(bytes.subarray(at));
  }
}
