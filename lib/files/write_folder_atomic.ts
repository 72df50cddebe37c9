import { dirname, resolve } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ignoreNotFound } from "./folders.ts";
import { syncFolder, syncTree } from "./sync.ts";
import { createTemporary, removeAbandoned } from "./temporary.ts";

/**
 * Makes a folder with what `fill` puts into it, so that it is there whole or
 * not at all, also after a crash: it is filled under a temporary name beside
 * it, flushed to the disk, then renamed. Temporary folders of writers that were
 * killed are removed.
 *
 * @param options `rename` puts the folder in its place; another one in tests
 * @throws {BadInput} if there is something of that name but an empty folder
 */
export async function writeFolderAtomic(
  folder: string,
  fill: (temporary: string) => Promise<void>,
  { rename = Deno.rename }: { readonly rename?: typeof Deno.rename } = {},
): Promise<void> {
  await checkFree(folder);
  // Beside it, also where its name is given with a slash at the end.
  const place = resolve(folder);
  const above = dirname(place);
  await Deno.mkdir(above, { recursive: true });
  const temporary = await createTemporary(place, "folder");
  try {
    await fill(temporary.path);
    await syncTree(temporary.path);
    // What is there now is an empty folder, whose place another one may take.
    await rename(temporary.path, place);
  } catch (error) {
    await Deno.remove(temporary.path, { recursive: true }).catch(() => {});
    throw error;
  } finally {
    temporary.handle.close();
  }
  await syncFolder(above);
  await removeAbandoned(place);
}

/** Throws `BadInput` unless a path is free or an empty folder. */
export async function checkFree(folder: string): Promise<void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      throw new BadInput(
        `Cannot write into ${folder} as it must be new or empty: ` +
          `it holds ${name}`,
      );
    }
  } catch (error) {
    ignoreNotFound(error);
  }
}
