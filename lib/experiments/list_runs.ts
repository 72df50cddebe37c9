import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { namesIn } from "./run_folder.ts";
import { openRun, RUNS_FOLDER, type StoredRun } from "./run_store.ts";

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
    if (run && isWhole(run)) runs.push(run);
  }
  return runs;
}

/**
 * Throws for a folder with another program's `run.json`.
 *
 * @throws {BadInput} that names the folder
 */
export function checkIsRun(run: StoredRun): void {
  if (isWhole(run)) return;
  throw new BadInput(
    `Cannot use ${run.folder}: its run.json is not that of a finished run`,
  );
}

function isWhole({ record }: StoredRun): boolean {
  const { spec, test } = (record ?? {}) as Partial<StoredRun["record"]>;
  return spec?.data !== undefined && spec.training !== undefined &&
    spec.objective !== undefined && Number.isFinite(test?.logLoss);
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
