import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { isFolder, namesIn } from "../files/folders.ts";
import { openRun } from "./open.ts";
import { RUNS_FOLDER, type StoredRun } from "./store.ts";

/**
 * Every finished run below a folder, in the order of their names. What else
 * lies there is passed over; the usual folder need not be there.
 *
 * @throws {BadInput} if another folder was named and is not there
 */
export async function listRuns(root = RUNS_FOLDER): Promise<StoredRun[]> {
  if (root !== RUNS_FOLDER && !isFolder(root)) {
    throw new BadInput(`Cannot look for runs in ${root}: it is no folder`);
  }
  const runs: StoredRun[] = [];
  // One after the other: a study may have more runs than a process has files.
  for (const name of await namesIn(root)) {
    const run = await openIfSound(join(root, name));
    if (run) runs.push(run);
  }
  return runs;
}

async function openIfSound(folder: string): Promise<StoredRun | undefined> {
  try {
    return await openRun(folder);
  } catch (error) {
    if (error instanceof BadInput) return undefined;
    throw error;
  }
}
