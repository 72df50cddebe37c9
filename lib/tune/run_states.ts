import { join } from "node:path";
import { namesIn } from "../files/folders.ts";
import { isRunStarted } from "../runs/folder.ts";
import { openRun } from "../runs/open.ts";
import {
  readRecord,
  type RunRecord,
  type StoredRecord,
} from "../runs/record.ts";
import type { PlannedRun } from "./plan.ts";

/** Whether a run is there: `begun` has a checkpoint to go on from. */
export type RunState = "finished" | "begun" | "missing";

/** The record of a planned run, where it is finished. */
export async function openPlanned(
  { id }: PlannedRun,
  root: string,
): Promise<RunRecord | undefined> {
  const run = await openRun(join(root, id));
  return run?.record.id === id ? run.record : undefined;
}

/** How far each run of a plan is, in its order. */
export function runStates(
  runs: readonly PlannedRun[],
  root: string,
): Promise<RunState[]> {
  return Promise.all(runs.map(async (run) => {
    if (await openPlanned(run, root) !== undefined) return "finished";
    return await isRunStarted(join(root, run.id)) ? "begun" : "missing";
  }));
}

/** The records of all finished runs below a folder that can be read. */
export async function finishedRuns(root: string): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for (const name of await namesIn(root)) {
    // Another's broken record is no concern of an estimate.
    const record = await readRecord(join(root, name)).catch(() => undefined);
    if (record?.id === name) records.push(record);
  }
  return records;
}
