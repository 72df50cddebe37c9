import { dirname, join } from "node:path";
import { ignoreNotFound, namesIn, removeTree } from "../../files/folders.ts";
import type { Collection, Contents } from "../collection.ts";
import type { Report } from "../report.ts";

/** What is brought, and to where. */
export interface FetchOptions {
  /** Where the files are in the end. */
  readonly folder: string;
  /** Puts them into a folder apart. */
  readonly bring: (folder: string, report: Report) => Promise<void>;
  /** Whether `bring` goes on from what it left there. */
  readonly resumes: boolean;
}

const LOCK = "lock";

/**
 * Brings files beside their folder, checks them there, then moves them in, so
 * that the folder is never there in part; what a person put into it by other
 * names stays. Of two processes that resume in the same place one waits for the
 * other.
 *
 * What was brought is removed if it is found to be wrong; if it could not be
 * brought whole, it is kept for the next time where that resumes.
 */
export async function fetchComplete(
  bringing: FetchOptions,
  collection: Collection,
  report: Report,
): Promise<Contents> {
  const { folder, resumes } = bringing;
  await Deno.mkdir(dirname(folder), { recursive: true });
  if (!resumes) {
    const place = await Deno.makeTempDir({
      dir: dirname(folder),
      prefix: "fetch.partial-",
    });
    await Deno.chmod(place, 0o755);
    return await bringInto(place, bringing, collection, report);
  }
  const place = keptFor(folder);
  const { lock, waited } = await holdPlace(place, report);
  try {
    // The one that was waited for may have brought it.
    if (waited && collection.isIn(folder)) {
      await removeTree(place);
      return await collection.read(folder);
    }
    return await bringInto(place, bringing, collection, report);
  } finally {
    lock.close();
  }
}

/** Where broken-off fetches for a folder are kept. */
function keptFor(folder: string): string {
  return `${folder}.partial-fetch`;
}

async function bringInto(
  place: string,
  { folder, bring, resumes }: FetchOptions,
  collection: Collection,
  report: Report,
): Promise<Contents> {
  try {
    await bring(place, report);
  } catch (error) {
    if (!resumes || await holdsOnlyLock(place)) await removeTree(place);
    throw error;
  }
  try {
    const contents = await collection.read(place);
    await Deno.remove(join(place, LOCK)).catch(ignoreNotFound);
    await replaceFolder(folder, place);
    report(`Kept in ${folder}`);
    return contents;
  } finally {
    await removeTree(place);
    if (!resumes) await removeTree(keptFor(folder));
  }
}

/** Puts a folder in the place of another, whose other files it takes over. */
async function replaceFolder(folder: string, by: string): Promise<void> {
  const before = `${folder}.before-${crypto.randomUUID().slice(0, 8)}`;
  const there = await Deno.lstat(folder).catch(ignoreNotFound);
  if (there !== undefined) await Deno.rename(folder, before);
  await Deno.rename(by, folder);
  // Behind a link there are files of somebody else.
  if (there?.isDirectory) {
    const brought = await namesIn(folder);
    for (const name of await namesIn(before)) {
      if (brought.includes(name)) continue;
      await Deno.rename(join(before, name), join(folder, name));
    }
  }
  await removeTree(before);
}

/** Makes a folder and holds it, waiting for whoever holds it already. */
async function holdPlace(place: string, report: Report) {
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
    // Whoever held it may have moved or removed the folder.
    const there = await Deno.stat(path).catch(ignoreNotFound);
    if (there?.ino === (await lock.stat()).ino) return { lock, waited };
    lock.close();
  }
}

async function holdsOnlyLock(place: string): Promise<boolean> {
  return (await namesIn(place)).every((name) => name === LOCK);
}
