import { dirname, join, resolve } from "node:path";
import { BadInput } from "../bad_input.ts";
import { readBytesIfPresent } from "../files/read_bytes.ts";
import { readJsonIfPresent } from "../files/read_json.ts";
import { namesIn, removeTree } from "../files/folders.ts";
import { sha256 } from "../files/sha256.ts";
import { syncTree } from "../files/sync.ts";
import {
  createTemporary,
  moveAside,
  removeAbandoned,
} from "../files/temporary.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { TUNE_RECORDS } from "./records.ts";

const RUNS = "tune.json";

/** The hashes of the other files, as `sha256sum` writes and checks them. */
const SUMS = "SHA256SUMS";

/** Names of files that an answer may contain. */
const OWN = /^((tune|chosen)\.json|table\.(md|csv)|[\w-]+\.svg|SHA256SUMS)$/;

/** How often another process may write an answer in between. */
const ATTEMPTS = 10;

/**
 * Throws unless a folder is missing, empty or contains an earlier answer, which
 * may be replaced: only files with such names, a `tune.json` that is a list of tune
 * records, and no file that was changed since. Answers of older versions have no
 * hashes.
 *
 * @throws {BadInput} if the folder contains anything else
 */
export async function checkAnswerFolder(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0) return;
  const foreign = names.includes(RUNS)
    ? names.find((name) => !OWN.test(name))
    : names[0];
  const refuse = (found: string) =>
    new BadInput(
      `Cannot write into ${folder} as it must be new, empty or an answer of ` +
        `ils tune: ${found}`,
    );
  if (foreign !== undefined) throw refuse(`it contains ${foreign}`);
  await skipDamaged(
    () => readJsonIfPresent(join(folder, RUNS), TUNE_RECORDS),
    (reason) => {
      throw refuse(reason);
    },
  );
  const changed = await changedFile(folder);
  if (changed === undefined) return;
  throw refuse(
    `${changed} was changed after it was written: its hash is not that in ` +
      `${SUMS} (remove ${folder} and run again)`,
  );
}

/** Returns the path of a file whose hash is not that in `SHA256SUMS`, if any. */
async function changedFile(folder: string): Promise<string | undefined> {
  while (true) {
    const sums = await readSums(folder);
    if (sums === undefined) return undefined;
    const changed = await changedBy(sums, folder);
    // Unless another process has just replaced the answer.
    if (changed === undefined || await readSums(folder) === sums) {
      return changed;
    }
  }
}

async function readSums(folder: string): Promise<string | undefined> {
  const sums = await readBytesIfPresent(join(folder, SUMS));
  return sums && new TextDecoder().decode(sums);
}

async function changedBy(
  text: string,
  folder: string,
): Promise<string | undefined> {
  for (const line of text.trimEnd().split("\n")) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (!OWN.test(name ?? "")) return join(folder, SUMS);
    const path = join(folder, name);
    const bytes = await readBytesIfPresent(path);
    // A file that was removed is not lost by replacing the others.
    if (bytes !== undefined && sha256(bytes) !== hash) return path;
  }
}

/** The lines of `SHA256SUMS`. */
function sumsOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, content]) => `${sha256(content)}  ${name}\n`).join("");
}

/**
 * Writes an answer's files and their hashes, all of them or none, replacing an earlier
 * answer: they are written to a temporary folder next to it, which is then renamed.
 * Temporary folders of killed writers are removed.
 *
 * @param files contents by name, including `tune.json`
 */
export async function writeAnswer(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  // Next to it, even if the given path ends with a slash.
  const target = resolve(folder);
  await Deno.mkdir(dirname(target), { recursive: true });
  const temporary = createTemporary(target, "folder");
  try {
    const all = { ...files, [SUMS]: sumsOf(files) };
    for (const [name, content] of Object.entries(all)) {
      await Deno.writeTextFile(join(temporary.path, name), content);
    }
    await syncTree(temporary.path);
    await moveOver(temporary.path, target);
  } finally {
    await removeTree(temporary.path);
    temporary.handle.close();
  }
  removeAbandoned(target);
}

async function moveOver(from: string, to: string): Promise<void> {
  for (let attempt = 1;; attempt++) {
    await checkAnswerFolder(to);
    const earlier = await moveAside(to);
    try {
      return await Deno.rename(from, to);
    } catch (error) {
      // Another process with the same search has just written its answer.
      if (attempt === ATTEMPTS) throw error;
    } finally {
      if (earlier !== undefined) await removeTree(earlier);
    }
  }
}
