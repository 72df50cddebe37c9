import { basename, dirname, join } from "node:path";
import { ignoreNotFound, namesIn, removeTree } from "./folders.ts";

/** Suffix of the path of a temporary file or folder. */
const SUFFIX = /^\.partial-\d+-[0-9a-f]{8}$/;

/** A temporary file or folder next to its final path. */
export interface Temporary {
  readonly path: string;
  /** Open, locked handle while it is in use. */
  readonly handle: Deno.FsFile;
}

/**
 * Creates an empty file or folder with a unique name next to a path. It is locked
 * until its handle is closed, so that other writers do not consider it abandoned.
 */
export async function createTemporary(
  path: string,
  kind: "file" | "folder",
): Promise<Temporary> {
  while (true) {
    const random = crypto.randomUUID().slice(0, 8);
    const temporary = `${path}.partial-${Deno.pid}-${random}`;
    const handle = await create(temporary, kind);
    // Another writer may have found it before the lock and removed it.
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
 * Removes temporary files and folders of a path that a killed process left behind.
 * They stay if the file system does not support locks.
 */
export async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  // The file is already written, so a folder that cannot be listed is not an error.
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

/** Opens for writing, which locks on network drives require; folders for reading. */
async function open(path: string): Promise<Deno.FsFile | undefined> {
  try {
    const { isFile } = await Deno.lstat(path);
    return await Deno.open(path, { read: true, write: isFile });
  } catch {
    // It has been removed meanwhile or belongs to another user.
    return undefined;
  }
}

/** Ignores that a file system has no locks; returns false, as for a held lock. */
export function ignoreUnsupported(error: unknown): false {
  const { code } = error as { code?: string };
  if (code !== undefined && UNSUPPORTED.has(code)) return false;
  throw error;
}

const UNSUPPORTED = new Set(["EBADF", "EINVAL", "ENOLCK", "ENOTSUP"]);
