import { join } from "node:path";
import { ignoreNotFound, namesIn } from "../files/folders.ts";
import { sha256 } from "../files/sha256.ts";

/** Folders of the files that notebooks save. */
const SAVED = ["tables", "figures", "headlines", "data"];

/** Times of files lag behind the clock by up to a tick of the kernel's timer. */
const CLOCK_TICK_MS = 10;

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
    const hash = await hashOf(join(folder, path));
    if (hash !== undefined) hashes[path] = hash;
  }
  return hashes;
}

/**
 * Returns the first output of a notebook that is missing or differs from what was
 * written, as `figures/02-targets.svg is missing`; undefined if there is none.
 * Further files in the folder do not matter.
 */
export async function changedOutput(
  folder: string,
  notebook: string,
  written: OutputHashes,
): Promise<string | undefined> {
  const paths = new Set([...madeOf(notebook), ...Object.keys(written)]);
  for (const path of paths) {
    const hash = await hashOf(join(folder, path));
    if (hash === undefined) return `${path} is missing`;
    if (hash !== written[path]) return `${path} has changed`;
  }
}

/**
 * Removes files that only earlier versions of a notebook saved: those that start
 * with its number and were last modified before `started`.
 */
export async function removeStale(
  folder: string,
  notebook: string,
  started: Date,
): Promise<void> {
  for (const saved of await savedBy(folder, notebook)) {
    const path = join(folder, saved);
    const { mtime } = await Deno.stat(path);
    const age = started.getTime() - (mtime?.getTime() ?? Infinity);
    if (age > CLOCK_TICK_MS) await Deno.remove(path);
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

async function hashOf(path: string): Promise<string | undefined> {
  const bytes = await Deno.readFile(path).catch(ignoreNotFound);
  return bytes && sha256(bytes);
}
