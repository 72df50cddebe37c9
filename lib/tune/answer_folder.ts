import { dirname, join, resolve } from "node:path";
import { BadInput } from "../bad_input.ts";
import { readJsonIfPresent } from "../files/read_json.ts";
import { namesIn, removeTree } from "../files/folders.ts";
import { syncTree } from "../files/sync.ts";
import {
  createTemporary,
  moveAside,
  removeAbandoned,
} from "../files/temporary.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { TUNE_RECORDS } from "./records.ts";

const RUNS = "tune.json";

/** Names of files that an answer may contain. */
const OWN = /^((tune|chosen)\.json|table\.(md|csv)|[\w-]+\.svg)$/;

/** How often another process may write an answer in between. */
const ATTEMPTS = 10;

/**
 * Throws unless a folder is missing, empty or contains an earlier answer, which
 * may be replaced: only files with such names, and a `tune.json` that is a list
 * of tune records.
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
}

/**
 * Writes an answer's files, all of them or none, replacing an earlier answer:
 * they are written to a temporary folder next to it, which is then renamed.
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
    for (const [name, content] of Object.entries(files)) {
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
