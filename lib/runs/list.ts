import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { namesIn } from "./folder.ts";
import { isComplete, openRun, RUNS_FOLDER, type StoredRun } from "./store.ts";

/**
 * Every finished run below a folder, in the order of their names. What else
 * lies there is passed over; the usual folder need not be there.
 *
 * @throws {BadInput} if another folder was named and is not there
 */
export async function listRuns(root = RUNS_FOLDER): Promise<StoredRun[]> {
  if (root !== RUNS_FOLDER) await checkFolder(root);
  const runs: StoredRun[] = [];
  // One after the other: a study may have more runs than a process has files.
  for (const name of await namesIn(root)) {
    const run = await openRun(join(root, name));
    if (run && isComplete(run)) runs.push(run);
  }
  return runs;
}

async function checkFolder(path: string): Promise<void> {
  try {
    if ((await Deno.stat(path)).isDirectory) return;
  } catch (error) {
    const none = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (!none) throw error;
  }
  throw new BadInput(`Cannot look for runs in ${path}: it is no folder`);
}
