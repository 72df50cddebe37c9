import { sha256OfParts } from "../../lib/files/sha256.ts";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";

/**
 * Returns whether a stamp has this hash. A stamp is a file in the output of a step
 * with a hash of the step's inputs. It is written last: without it, or with another
 * hash, the step is not done.
 */
export async function hasStamp(path: string, hash: string): Promise<boolean> {
  return await readStamp(path) === hash;
}

/** Reads the hash of a stamp; undefined if there is none. */
export async function readStamp(path: string): Promise<string | undefined> {
  return await Deno.readTextFile(path).catch(() => undefined);
}

export async function writeStamp(path: string, hash: string): Promise<void> {
  await writeFileAtomic(path, hash);
}

/** Hashes the contents of files and further texts. */
export async function hashOf(
  files: readonly string[],
  ...texts: readonly string[]
): Promise<string> {
  const contents: (Uint8Array | string)[] = [];
  for (const file of files) contents.push(await Deno.readFile(file));
  return sha256OfParts([...contents, ...texts.map((text) => `\0${text}`)]);
}

/** Returns whether a file or folder exists; follows links. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
