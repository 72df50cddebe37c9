import { dirname } from "node:path";
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
 */
export function scratchFolder(dir?: string): ScratchFolder {
  const prefix = `ils.partial-${Deno.pid}-`;
  const options = dir === undefined ? { prefix } : { prefix, dir };
  while (true) {
    const path = Deno.makeTempDirSync(options);
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
