import { dirname, resolve } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ignoreNotFound } from "./folders.ts";
import { syncFolder, syncTree } from "./sync.ts";
import { createTemporary, removeAbandoned } from "./temporary.ts";

/**
 * Creates a folder atomically: even after a crash it is either complete or absent.
 * `fill` writes to a temporary folder next to it, which is flushed to the disk and
 * renamed. Temporary folders of killed writers are removed.
 *
 * @param folder path of the folder, which must not exist or be empty
 * @param fill writes the content to the temporary folder
 * @param options `rename`: function that moves the folder, replaced in tests
 * @throws {BadInput} if the folder is not empty
 * @throws the error of `fill`; no folder is then created
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { writeFolderAtomic } from "@ils/label-smoothing/files";
 * const folder = `${await Deno.makeTempDir()}/run`;
 * await writeFolderAtomic(folder, async (temporary) => {
 *   await Deno.writeTextFile(`${temporary}/a.txt`, "text");
 * });
 * strictEqual(await Deno.readTextFile(`${folder}/a.txt`), "text");
 * ```
 */
export async function writeFolderAtomic(
  folder: string,
  fill: (temporary: string) => Promise<void>,
  options: { readonly rename?: typeof Deno.rename } = {},
): Promise<void> {
  const { rename = Deno.rename } = options;
  await checkFree(folder);
  // Without a trailing slash, so that the temporary folder is next to it.
  const place = resolve(folder);
  const parent = dirname(place);
  await Deno.mkdir(parent, { recursive: true });
  const temporary = createTemporary(place, "folder");
  try {
    await fill(temporary.path);
    await syncTree(temporary.path);
    // At most an empty folder exists, which a rename replaces.
    await rename(temporary.path, place).catch(async (error) => {
      // Unless another process has written into it meanwhile.
      await checkFree(folder);
      throw error;
    });
  } catch (error) {
    await Deno.remove(temporary.path, { recursive: true }).catch(() => {});
    throw error;
  } finally {
    temporary.handle.close();
  }
  await syncFolder(parent);
  removeAbandoned(place);
}

/** Throws `BadInput` unless a folder is empty or does not exist. */
export async function checkFree(folder: string): Promise<void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      throw new BadInput(
        `Cannot write into ${folder} as it must be new or empty: ` +
          `it contains ${name}`,
      );
    }
  } catch (error) {
    ignoreNotFound(error);
  }
}
