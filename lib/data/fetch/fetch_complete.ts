import { dirname, join } from "node:path";
import { ignoreNotFound, namesIn, removeTree } from "../../files/folders.ts";
import { removeAside, tryLock } from "../../files/temporary.ts";
import type { Collection, Contents } from "../collection.ts";
import type { Report } from "../report.ts";

/** How to fetch a data set, and where to. */
export interface FetchOptions {
  /** Final folder of the files. */
  readonly folder: string;
  /** Fetches the files into a temporary folder. */
  readonly fetchInto: (folder: string, report: Report) => Promise<void>;
  /** Whether `fetchInto` can resume from an incomplete folder. */
  readonly resumes: boolean;
}

const LOCK = "lock";

/**
 * Fetches files into a temporary folder next to their final folder, checks them and
 * moves them, so that the final folder is never incomplete. Other files in the final
 * folder are kept. If two processes resume the same fetch, one waits for the other.
 *
 * Wrong files are removed. Incomplete ones are kept if the next fetch can resume.
 */
export async function fetchComplete(
  options: FetchOptions,
  collection: Collection,
  report: Report,
): Promise<Contents> {
  const { folder, resumes } = options;
  await Deno.mkdir(dirname(folder), { recursive: true });
  if (!resumes) {
    const place = await Deno.makeTempDir({
      dir: dirname(folder),
      prefix: "fetch.partial-",
    });
    await Deno.chmod(place, 0o755);
    return await fetchVia(place, options, collection, report);
  }
  const place = resumableFolder(folder);
  const { lock, waited } = await lockFolder(place, report);
  try {
    // The other process may have fetched it meanwhile.
    if (waited && collection.isIn(folder)) {
      await removeAside(place);
      return await collection.read(folder);
    }
    return await fetchVia(place, options, collection, report);
  } finally {
    lock.close();
  }
}

/** The temporary folder of resumable fetches. */
function resumableFolder(folder: string): string {
  return `${folder}.partial-fetch`;
}

async function fetchVia(
  place: string,
  { folder, fetchInto, resumes }: FetchOptions,
  collection: Collection,
  report: Report,
): Promise<Contents> {
  try {
    await fetchInto(place, report);
  } catch (error) {
    if (!resumes || await hasOnlyLock(place)) await removeAside(place);
    throw error;
  }
  let contents: Contents;
  try {
    contents = await collection.read(place);
  } catch (error) {
    await removeAside(place);
    throw error;
  }
  // From here on, another process may use the name of the temporary folder.
  await replaceFolder(folder, place);
  if (!resumes) await removeUnlocked(resumableFolder(folder));
  report(`Saved in ${folder}`);
  return contents;
}

/** How often another process may have fetched the same in between. */
const ATTEMPTS = 10;

/** Replaces a folder by another one and moves its remaining files there. */
async function replaceFolder(folder: string, by: string): Promise<void> {
  const replaced: string[] = [];
  for (let attempt = 1;; attempt++) {
    const before = `${folder}.before-${crypto.randomUUID().slice(0, 8)}`;
    if (await isMoved(folder, before)) replaced.push(before);
    try {
      await Deno.rename(by, folder);
      break;
    } catch (error) {
      // Another process may have put its files there in between.
      if (attempt === ATTEMPTS) throw error;
    }
  }
  // Only now, so that no other process can create and lock another one there.
  await Deno.remove(join(folder, LOCK)).catch(ignoreNotFound);
  for (const before of replaced) {
    // The target of a link stays as it is.
    if (!Deno.lstatSync(before).isSymlink) await keepOthers(before, folder);
    await removeTree(before);
  }
}

/** Renames a folder, or a link to one; returns whether it existed. */
async function isMoved(from: string, to: string): Promise<boolean> {
  try {
    await Deno.rename(from, to);
    return true;
  } catch (error) {
    ignoreNotFound(error);
    return false;
  }
}

/** Moves the files that were not fetched. */
async function keepOthers(before: string, folder: string): Promise<void> {
  const fetched = await namesIn(folder);
  for (const name of await namesIn(before)) {
    if (fetched.includes(name)) continue;
    await Deno.rename(join(before, name), join(folder, name));
  }
}

/** Removes what an earlier fetch has left, unless another process resumes it. */
async function removeUnlocked(place: string): Promise<void> {
  const path = join(place, LOCK);
  const lock = await Deno.open(path, { write: true }).catch(ignoreNotFound);
  if (lock === undefined) return await removeAside(place);
  try {
    if (tryLock(lock) !== false) await removeAside(place);
  } finally {
    lock.close();
  }
}

/** Creates and locks a folder; waits if another process has locked it. */
async function lockFolder(place: string, report: Report) {
  const path = join(place, LOCK);
  let waited = false;
  while (true) {
    await Deno.mkdir(place, { recursive: true });
    const lock = await Deno.open(path, { write: true, create: true })
      .catch(ignoreNotFound);
    if (lock === undefined) continue;
    if (!await lock.tryLock(true)) {
      if (!waited) report("Another process is fetching it: waiting");
      waited = true;
      await lock.lock(true);
    }
    // The other process may have moved or removed the folder.
    const current = await Deno.stat(path).catch(ignoreNotFound);
    if (current?.ino === (await lock.stat()).ino) return { lock, waited };
    lock.close();
  }
}

async function hasOnlyLock(place: string): Promise<boolean> {
  return (await namesIn(place)).every((name) => name === LOCK);
}
