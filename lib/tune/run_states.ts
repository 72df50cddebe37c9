import { join } from "node:path";
import { namesIn } from "../files/folders.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { isRunStarted } from "../runs/folder.ts";
import { openRun } from "../runs/open.ts";
import {
  readRecord,
  type RunRecord,
  type StoredRecord,
} from "../runs/record.ts";
import type { PlannedRun } from "./plan.ts";

/** State of a run on disk; a `begun` run has a checkpoint to resume from. */
export type RunState = "finished" | "begun" | "missing";

/**
 * Returns the record of a planned run, or undefined if it is not finished.
 *
 * @param onDamaged called with the reason, in one line, if its record is
 * damaged; without it that is an error
 */
export async function openPlanned(
  { id }: Pick<PlannedRun, "id">,
  root: string,
  onDamaged?: (reason: string) => void,
): Promise<RunRecord | undefined> {
  const folder = join(root, id);
  const run = await skipDamaged(() => openRun(folder), onDamaged);
  return run?.record.id === id ? run.record : undefined;
}

/**
 * Returns the state of each run of a plan, in the same order.
 *
 * @param onDamaged as for `openPlanned()`; a run with a damaged record counts
 * as missing
 */
export function runStates(
  runs: readonly PlannedRun[],
  root: string,
  onDamaged?: (reason: string) => void,
): Promise<RunState[]> {
  return Promise.all(runs.map(async (run) => {
    if (await openPlanned(run, root, onDamaged) !== undefined) {
      return "finished";
    }
    return await isRunStarted(join(root, run.id)) ? "begun" : "missing";
  }));
}

/**
 * Returns the records of all finished runs below a folder.
 *
 * @param onDamaged called with the reason, in one line, for each damaged
 * record, which is skipped; without it the first one is an error
 */
export async function finishedRuns(
  root: string,
  onDamaged?: (reason: string) => void,
): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for (const name of await namesIn(root)) {
    const folder = join(root, name);
    const record = await skipDamaged(() => readRecord(folder), onDamaged);
    if (record?.id === name) records.push(record);
  }
  return records;
}
