import { join, resolve } from "node:path";
import { BadInput } from "../bad_input.ts";
import { readJsonIfPresent } from "../files/read_json.ts";
import { namesIn, removeTree } from "../files/folders.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { TUNE_RECORDS } from "./records.ts";

const RUNS = "tune.json";

/** What an answer may hold. */
const OWN = /^((tune|chosen)\.json|table\.(md|csv)|[\w-]+\.svg)$/;

/** How often another process's answer may come in between. */
const ATTEMPTS = 10;

/**
 * Throws unless a folder is missing, empty or holds an earlier answer, which
 * alone may be replaced: only files of such names, and a `tune.json` that is a
 * list of tune records.
 *
 * @throws {BadInput} that names the folder and what it holds
 */
export async function checkAnswerFolder(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0) return;
  const foreign = names.includes(RUNS)
    ? names.find((name) => !OWN.test(name))
    : names[0];
  const refuse = (found: string) =>
    new BadInput(
      `Cannot write into ${folder} as it must be new, empty or a choice of ` +
        `ils tune: ${found}`,
    );
  if (foreign !== undefined) throw refuse(`it holds ${foreign}`);
  await skipDamaged(
    () => readJsonIfPresent(join(folder, RUNS), TUNE_RECORDS),
    (reason) => {
      throw refuse(reason);
    },
  );
}

/**
 * Writes an answer's files in place of an earlier one, all of them or none:
 * into a folder beside it, which is then renamed.
 *
 * @param files contents by name, `tune.json` among them
 */
export async function writeAnswer(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const unique = `${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  // Beside it, also where its name is given with a slash at the end.
  const place = resolve(folder);
  const temporary = `${place}.partial-${unique}`;
  await Deno.mkdir(temporary, { recursive: true });
  try {
    for (const [name, content] of Object.entries(files)) {
      await Deno.writeTextFile(join(temporary, name), content);
    }
    await moveOver(temporary, place);
  } finally {
    await removeTree(temporary);
  }
}

async function moveOver(from: string, to: string): Promise<void> {
  for (let attempt = 1;; attempt++) {
    await checkAnswerFolder(to);
    await removeTree(to);
    try {
      return await Deno.rename(from, to);
    } catch (error) {
      // A process that did the same choice wrote its answer just now.
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
