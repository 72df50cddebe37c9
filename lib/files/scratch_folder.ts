import { dirname, join } from "node:path";
import { lockNew, openFolder, removeAbandonedIn } from "./temporary.ts";

/** A folder for temporary files; disposal, once or more often, removes them. */
export interface ScratchFolder extends Disposable {
  readonly path: string;
}

const NAME = /^ils\.partial-\d+-\w+$/;

/** Folders in which this process has looked for abandoned scratch folders. */
const tidied = new Set<string>();

/**
 * Creates a folder for temporary files that only this user may read. Those that
 * killed processes left behind are removed.
 *
 * @param dir folder in which it is created; by default the system's
 * @throws {Error} naming the folder, or `TMPDIR`, if it cannot be created
 */
export function scratchFolder(dir?: string): ScratchFolder {
  const prefix = `ils.partial-${Deno.pid}-`;
  const options = dir === undefined ? { prefix } : { prefix, dir };
  while (true) {
    const path = makeFolder(options);
    const handle = openFolder(path);
    if (handle === undefined || !lockNew(handle, path)) continue;
    tidy(dirname(path));
    let isThere = true;
    return {
      path,
      [Symbol.dispose]: () => {
        if (!isThere) return;
        isThere = false;
        Deno.removeSync(path, { recursive: true });
        handle.close();
      },
    };
  }
}

/** Creates a folder; Deno's error does not say where. */
function makeFolder(options: Deno.MakeTempOptions): string {
  try {
    return Deno.makeTempDirSync(options);
  } catch (error) {
    const reason = (error as Error).message.replace(/: tmpdir$/, "");
    throw new Error(
      options.dir === undefined
        ? `Cannot create a temporary folder: ${reason}; TMPDIR can name another ` +
          "place for it"
        : `${reason}: mkdir '${join(options.dir, options.prefix ?? "")}'`,
      { cause: error },
    );
  }
}

/**
 * Removes the scratch folders that killed processes left in the system's folder of
 * temporary files. A program calls it that may find all of its work done.
 */
export function tidyScratch(): void {
  try {
    scratchFolder()[Symbol.dispose]();
  } catch {
    // There is no such folder, or it is full.
  }
}

function tidy(folder: string): void {
  if (tidied.has(folder)) return;
  tidied.add(folder);
  removeAbandonedIn(folder, (name) => NAME.test(name));
}
