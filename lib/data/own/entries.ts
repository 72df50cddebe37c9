import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";

/** What file managers, editors and archives leave behind, in any folder. */
const IGNORED =
  /^(\.|__MACOSX$|@eaDir$|#recycle$|\$RECYCLE\.BIN$|lost\+found$|System Volume Information$|(eh)?Thumbs\.db$|desktop\.ini$|Icon\r$)/i;

/** Sorted names of the files and folders in a folder. */
export interface Entries {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Returns a function that lists folders within a root. Links are followed if they stay
 * in the root; hidden files and the like are left out.
 *
 * @param root a path without links
 */
export function entriesWithin(root: string): (folder: string) => Entries {
  return (folder) => {
    const files: string[] = [];
    const folders: string[] = [];
    let path = folder;
    try {
      for (const { name, isSymlink } of Deno.readDirSync(folder)) {
        if (IGNORED.test(name)) continue;
        path = join(folder, name);
        if (isSymlink) checkLink(path, root);
        const { isDirectory, isFile } = Deno.statSync(path);
        if (!isDirectory && !isFile) {
          throw new BadInput(`Cannot use ${path}: it is not a regular file`);
        }
        (isDirectory ? folders : files).push(name);
      }
    } catch (error) {
      if (error instanceof BadInput) throw error;
      const reason = (error as Error).message.split(":")[0];
      throw new BadInput(`Cannot read ${path}: ${reason}`);
    }
    return { files: files.sort(), folders: folders.sort() };
  };
}

function checkLink(path: string, root: string): void {
  const target = Deno.realPathSync(path);
  if (target === root || target.startsWith(join(root, "/"))) return;
  throw new BadInput(
    `Cannot use ${path}: it is a link to ${target}, outside of ${root}; ` +
      `copy the folder with cp -rL`,
  );
}
