import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { isFolder, namesIn } from "../files/folders.ts";
import { isTemporaryName } from "../files/temporary.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { openRun } from "./open.ts";
import { runsFolder, type StoredRun } from "./store.ts";

/**
 * Returns every finished run below a folder, ordered by name. Folders without
 * `run.json` are skipped; the default folder need not exist.
 *
 * @param onDamaged called with the reason, in one line, for each `run.json`
 * that is damaged or foreign; that run is skipped. Without it the first one is
 * an error.
 * @throws {BadInput} if `root` is given and does not exist
 */
export async function listRuns(
  root = runsFolder(),
  onDamaged?: (reason: string) => void,
): Promise<StoredRun[]> {
  if (root !== runsFolder() && !isFolder(root)) {
    throw new BadInput(`Cannot look for runs in ${root}: it is not a folder`);
  }
  const runs: StoredRun[] = [];
  // Sequentially, since a study may have more runs than a process may open
  // files.
  for (const name of await namesIn(root)) {
    // One that is being removed.
    if (isTemporaryName(name)) continue;
    const folder = join(root, name);
    const run = await skipDamaged(() => openRun(folder), onDamaged);
    if (run !== undefined) runs.push(run);
  }
  return runs;
}
