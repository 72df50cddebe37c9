import { basename, dirname, join } from "node:path";
import { ignoreNotFound, removeTree } from "./folders.ts";

/** Suffix of the path of a temporary file or folder. */
const SUFFIX = /\.partial-\d+-[0-9a-f]{8}$/;

/** Longest name of a file on Linux and macOS, in bytes. */
const LONGEST_NAME = 255;

/** Longest suffix, in bytes: a process id has at most ten digits. */
const LONGEST_SUFFIX = ".partial-4294967295-01234567".length;

/** Whether a file or folder has the name of a temporary one. */
export function isTemporaryName(name: string): boolean {
  return SUFFIX.test(name);
}

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
export function createTemporary(
  path: string,
  kind: "file" | "folder",
): Temporary {
  while (true) {
    const temporary = temporaryPath(path);
    const handle = create(temporary, kind);
    if (handle !== undefined && lockNew(handle, temporary)) {
      return { path: temporary, handle };
    }
  }
}

function temporaryPath(path: string): string {
  const start = join(dirname(path), shortened(basename(path)));
  const random = crypto.randomUUID().slice(0, 8);
  return `${start}.partial-${Deno.pid}-${random}`;
}

/**
 * Renames a file or folder to a temporary name next to it, so that other processes
 * see the whole of it or nothing, and what they create at the path afterwards is
 * not removed with it.
 *
 * @returns the new path, to be removed; undefined if there was nothing
 */
export async function moveAside(path: string): Promise<string | undefined> {
  const aside = temporaryPath(path);
  try {
    await Deno.rename(path, aside);
    return aside;
  } catch (error) {
    ignoreNotFound(error);
  }
}

/**
 * Removes a file or folder in which another process may just be creating files: it is
 * renamed first.
 *
 * @param onMoved called before its files are removed, to close those that are open,
 * as network drives require
 */
export async function removeAside(
  path: string,
  onMoved: () => void = () => {},
): Promise<void> {
  const aside = await moveAside(path);
  onMoved();
  if (aside !== undefined) await removeTree(aside);
}

function create(
  path: string,
  kind: "file" | "folder",
): Deno.FsFile | undefined {
  if (kind === "file") {
    return Deno.openSync(path, { read: true, write: true, createNew: true });
  }
  Deno.mkdirSync(path);
  return openFolder(path);
}

/** Opens a folder; undefined if another process has removed it. */
export function openFolder(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path);
  } catch (error) {
    ignoreNotFound(error);
  }
}

/**
 * Locks a file or folder that this process has just created. Closes it if
 * another process has taken it for abandoned, because it was not locked yet:
 * that process removes it.
 *
 * @returns whether it belongs to this process
 */
export function lockNew(handle: Deno.FsFile, path: string): boolean {
  if (tryLock(handle) !== false && exists(path)) return true;
  handle.close();
  return false;
}

/**
 * Removes temporary files and folders of a path that a killed process left behind.
 * They stay if the file system does not support locks. The path itself has been
 * written, so what cannot be listed or removed is not an error.
 */
export function removeAbandoned(path: string): void {
  const start = shortened(basename(path));
  removeAbandonedIn(
    dirname(path),
    (name) =>
      name.startsWith(start) && name.slice(start.length).search(SUFFIX) === 0,
  );
}

/** Removes those files and folders of a folder that no process has locked. */
export function removeAbandonedIn(
  folder: string,
  isTemporary: (name: string) => boolean,
): void {
  try {
    for (const { name } of Deno.readDirSync(folder)) {
      if (isTemporary(name)) removeUnlocked(join(folder, name));
    }
  } catch {
    // The folder is gone or belongs to another user.
  }
}

function removeUnlocked(path: string): void {
  const handle = open(path);
  if (handle === undefined) return;
  try {
    if (tryLock(handle) === true) Deno.removeSync(path, { recursive: true });
  } catch {
    // It has been renamed meanwhile or belongs to another user.
  } finally {
    handle.close();
  }
}

/** A file's name, cut so that the longest suffix fits behind it. */
function shortened(name: string): string {
  const most = LONGEST_NAME - LONGEST_SUFFIX;
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= most) return name;
  // A character that is cut in two is left out.
  return new TextDecoder().decode(bytes.subarray(0, most), { stream: true });
}

/**
 * Opens for writing, which locks on network drives require; folders for reading.
 *
 * @returns undefined if it is gone or belongs to another user
 */
function open(path: string): Deno.FsFile | undefined {
  try {
    const { isFile } = Deno.lstatSync(path);
    return Deno.openSync(path, { read: true, write: isFile });
  } catch {
    return undefined;
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    ignoreNotFound(error);
    return false;
  }
}

/**
 * Locks a file or folder until it is closed.
 *
 * @returns false if another process has locked it, undefined if the file system
 * has no locks
 */
export function tryLock(handle: Deno.FsFile): boolean | undefined {
  try {
    return handle.tryLockSync(true);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !UNSUPPORTED.has(code)) throw error;
  }
}

const UNSUPPORTED = new Set(["EBADF", "EINVAL", "ENOLCK", "ENOTSUP"]);
