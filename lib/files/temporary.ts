import { basename, dirname, join } from "node:path";
import { ignoreNotFound, namesIn, removeTree } from "./folders.ts";

/** What follows a path in the name of its temporary neighbour. */
const SUFFIX = /^\.partial-\d+-[0-9a-f]{8}$/;

/** A temporary file or folder beside its final place. */
export interface Temporary {
  readonly path: string;
  /** Open and locked as long as it is in use. */
  readonly handle: Deno.FsFile;
}

/**
 * Creates an empty file or folder beside a path, under a name of its own. It is
 * locked until its handle is closed, so that nobody takes it for abandoned.
 */
export async function createTemporary(
  path: string,
  kind: "file" | "folder",
): Promise<Temporary> {
  while (true) {
    const random = crypto.randomUUID().slice(0, 8);
    const temporary = `${path}.partial-${Deno.pid}-${random}`;
    const handle = await create(temporary, kind);
    // Another writer may have found it ahead of the lock, and removed it.
    if (handle === undefined) continue;
    await handle.tryLock(true).catch(ignoreUnsupported);
    if (await Deno.lstat(temporary).catch(ignoreNotFound)) {
      return { path: temporary, handle };
    }
    handle.close();
  }
}

async function create(
  path: string,
  kind: "file" | "folder",
): Promise<Deno.FsFile | undefined> {
  if (kind === "file") {
    return await Deno.open(path, { read: true, write: true, createNew: true });
  }
  await Deno.mkdir(path);
  return await Deno.open(path).catch(ignoreNotFound);
}

/**
 * Removes temporary files and folders of a path that no process uses any more:
 * those of a process that was killed. Where the file system cannot lock, they
 * stay.
 */
export async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  // What is to be written has been: a folder that cannot be listed is no error.
  for (const other of await namesIn(folder).catch(() => [])) {
    if (!other.startsWith(name) || !SUFFIX.test(other.slice(name.length))) {
      continue;
    }
    const place = join(folder, other);
    const handle = await open(place);
    if (handle === undefined) continue;
    try {
      const isFree = await handle.tryLock(true).catch(ignoreUnsupported);
      if (isFree) await removeTree(place);
    } finally {
      handle.close();
    }
  }
}

/** For writing, as locks over a network ask for; a folder only opens to read. */
async function open(path: string): Promise<Deno.FsFile | undefined> {
  try {
    const { isFile } = await Deno.lstat(path);
    return await Deno.open(path, { read: true, write: isFile });
  } catch {
    // It has gone meanwhile, or belongs to somebody else.
    return undefined;
  }
}

/** Lets a file system without locks pass; false as for a lock that is held. */
function ignoreUnsupported(error: unknown): false {
  const { code } = error as { code?: string };
  if (code !== undefined && UNSUPPORTED.has(code)) return false;
  throw error;
}

const UNSUPPORTED = new Set(["EBADF", "EINVAL", "ENOLCK", "ENOTSUP"]);
