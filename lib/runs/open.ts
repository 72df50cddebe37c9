import { basename, join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { evaluateLogits } from "../calibration/evaluate.ts";
import { isFolder } from "../files/folders.ts";
import { isRunStarted } from "./folder.ts";
import { evaluateRun, readRunPart } from "./evaluate.ts";
import {
  isComplete,
  readRecord,
  RECORD_FILE,
  type RunRecord,
  type StoredRecord,
} from "./record.ts";
import { runsFolder, type StoredRun } from "./store.ts";

/**
 * Opens the run in a folder; undefined if there is no finished one. A record
 * that lacks a metric, because it predates that metric, is evaluated again from
 * the run's logits; its file does not change.
 *
 * @throws {BadInput} if `run.json` is damaged or foreign, or lacks a metric and
 * the logits are missing
 */
export async function openRun(folder: string): Promise<StoredRun | undefined> {
  const record = await readRecord(folder);
  if (record === undefined) return undefined;
  return {
    folder,
    record: isComplete(record) ? record : await completed(folder, record),
  };
}

async function completed(
  folder: string,
  { validation, test, ...about }: StoredRecord,
): Promise<RunRecord> {
  const { logits, labels } = await readRunPart({ folder }, "val");
  const { bins } = validation.plain;
  return {
    ...about,
    validation: evaluateLogits(logits, labels, { bins }),
    test: await evaluateRun({ folder }, test.plain.bins),
  };
}

/**
 * Opens a run by its folder, or by its id below `root`.
 *
 * @throws {BadInput} if there is no finished run of that name, or its record is
 * damaged or foreign
 */
export async function findRun(
  name: string,
  root = runsFolder(),
): Promise<StoredRun> {
  for (const folder of [name, join(root, basename(name))]) {
    const run = await openRun(folder);
    if (run) return run;
  }
  const stored = join(root, basename(name));
  const found = [name, stored].find(isFolder);
  if (found === undefined) {
    throw new BadInput(
      `Cannot find a finished run ${name}: there is no such folder, and no ` +
        join(stored, RECORD_FILE),
    );
  }
  const begun = await isRunStarted(found) ? ": its training is unfinished" : "";
  throw new BadInput(
    `Cannot find a finished run ${name}: ` +
      `${found === name ? "the folder" : found} has no ${RECORD_FILE}${begun}`,
  );
}
