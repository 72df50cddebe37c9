import { join } from "node:path";
import { namesIn } from "../../files/folders.ts";
import { sha256OfFile } from "../../files/sha256.ts";
import type { Difference } from "./difference.ts";

/** Files that were compared byte by byte. */
export interface FileComparison {
  readonly files: number;
  readonly differences: readonly Difference[];
}

/** Digits of a hash that a message shows. */
const SHOWN = 12;

/**
 * Compares files in two folders byte by byte; the values of a difference are the
 * beginnings of their SHA-256.
 *
 * @param paths of the files in both folders
 * @param prefix of their names in differences (none)
 */
export async function compareFiles(
  paths: readonly string[],
  { stored, recomputed, prefix = "" }: {
    readonly stored: string;
    readonly recomputed: string;
    readonly prefix?: string;
  },
): Promise<FileComparison> {
  const differences: Difference[] = [];
  const shortHash = async (folder: string, path: string) =>
    (await sha256OfFile(join(folder, path)))?.slice(0, SHOWN) ?? null;
  for (const path of paths) {
    const before = await shortHash(stored, path);
    const after = await shortHash(recomputed, path);
    if (before === after) continue;
    differences.push({
      ...{ file: `${prefix}${path}`, row: null, column: null },
      ...{ stored: before, recomputed: after },
    });
  }
  return { files: paths.length, differences };
}

/** Paths of the files in a folder of either of two profiles. */
export async function filesOfBoth(
  kind: string,
  folders: readonly string[],
): Promise<string[]> {
  const names = await Promise.all(
    folders.map((folder) => namesIn(join(folder, kind))),
  );
  return [...new Set(names.flat())].sort()
    .filter((name) => !name.includes(".partial-"))
    .map((name) => `${kind}/${name}`);
}
