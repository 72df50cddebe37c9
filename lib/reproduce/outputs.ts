import { join } from "node:path";
import { ignoreNotFound, namesIn, removeTree } from "../files/folders.ts";
import { sha256, sha256OfFile } from "../files/sha256.ts";

/** Folders of the files that notebooks save. */
const SAVED = ["tables", "figures", "headlines", "data"];

/** Paths in a profile's folder with the SHA-256 of each file. */
export type OutputHashes = Readonly<Record<string, string>>;

/** Hashes the executed copy of a notebook, its page and the files it saved. */
export async function hashOutputs(
  folder: string,
  notebook: string,
): Promise<OutputHashes> {
  const paths = [...madeOf(notebook), ...await savedBy(folder, notebook)];
  const hashes: Record<string, string> = {};
  for (const path of paths) {
    const hash = await sha256OfFile(join(folder, path));
    if (hash !== undefined) hashes[path] = hash;
  }
  return hashes;
}

/** An output that is not as it was written. */
export interface ChangedOutput {
  readonly path: string;
  readonly state: "is missing" | "has changed";
}

/** A changed output in words, such as `figures/02-targets.svg is missing`. */
export function describeOutput({ path, state }: ChangedOutput): string {
  return `${path} ${state}`;
}

/**
 * Returns the outputs of a notebook that are missing or differ from what was
 * written. Further files in the folder do not matter.
 */
export async function changedOutputs(
  folder: string,
  notebook: string,
  written: OutputHashes,
): Promise<ChangedOutput[]> {
  const paths = new Set([...madeOf(notebook), ...Object.keys(written)]);
  const changed: ChangedOutput[] = [];
  for (const path of paths) {
    const hash = await sha256OfFile(join(folder, path));
    if (hash === written[path] && hash !== undefined) continue;
    const state = hash === undefined ? "is missing" : "has changed";
    changed.push({ path, state });
  }
  return changed;
}

/**
 * SHA-256 of everything that notebooks saved in a profile's folder: of lines with path
 * and hash, sorted by path.
 */
export async function dataHashOf(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const kind of SAVED.toSorted()) {
    const names = await namesIn(join(folder, kind));
    for (const name of names.filter((name) => !name.includes(".partial-"))) {
      const path = `${kind}/${name}`;
      lines.push(`${path} ${await sha256OfFile(join(folder, path))}`);
    }
  }
  return sha256(lines.join("\n"));
}

/** Which version of each saved file there is, by path. */
export type SavedVersions = ReadonlyMap<string, string>;

/**
 * Returns the versions of the files that a notebook has saved, which start with its
 * number. A file that is written again is another version, even with the same content
 * or if the clock was set back.
 */
export async function savedVersions(
  folder: string,
  notebook: string,
): Promise<SavedVersions> {
  const versions = new Map<string, string>();
  for (const saved of await savedBy(folder, notebook)) {
    const found = await Deno.stat(join(folder, saved)).catch(ignoreNotFound);
    if (found === undefined) continue;
    versions.set(saved, `${found.ino} ${found.mtime?.getTime()}`);
  }
  return versions;
}

/**
 * Removes files that only earlier versions of a notebook saved: those that its
 * execution has not written again.
 *
 * @param before versions before the execution
 */
export async function removeStale(
  folder: string,
  notebook: string,
  before: SavedVersions,
): Promise<void> {
  for (const [saved, version] of await savedVersions(folder, notebook)) {
    if (before.get(saved) === version) await removeTree(join(folder, saved));
  }
}

/** The executed copy and its page. */
function madeOf(notebook: string): string[] {
  return ["ipynb", "html"].map((end) => `notebooks/${notebook}.${end}`);
}

/** The saved files that start with the notebook's number. */
async function savedBy(folder: string, notebook: string): Promise<string[]> {
  const prefix = `${notebook.slice(0, 2)}-`;
  const paths: string[] = [];
  for (const kind of SAVED) {
    const names = await namesIn(join(folder, kind));
    paths.push(
      ...names.filter((name) => name.startsWith(prefix))
        .map((name) => `${kind}/${name}`),
    );
  }
  return paths;
}
