import { sha256OfParts } from "../../lib/files/sha256.ts";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";

/**
 * A stamp is a file inside what a step made. It holds a hash of what it was
 * made from, and is written last: no stamp, or another hash, means not done.
 */
export async function hasStamp(path: string, hash: string): Promise<boolean> {
  return await readStamp(path) === hash;
}

/** The stamp's hash; undefined where there is none. */
export async function readStamp(path: string): Promise<string | undefined> {
  return await Deno.readTextFile(path).catch(() => undefined);
}

export async function writeStamp(path: string, hash: string): Promise<void> {
  await writeFileAtomic(path, hash);
}

/** A hash of files' contents and of further texts. */
export async function hashOf(
  files: readonly string[],
  ...texts: readonly string[]
): Promise<string> {
  const contents: (Uint8Array | string)[] = [];
  for (const file of files) contents.push(await Deno.readFile(file));
  return sha256OfParts([...contents, ...texts.map((text) => `\0${text}`)]);
}

/** Whether a file or folder is there, behind a link too. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
