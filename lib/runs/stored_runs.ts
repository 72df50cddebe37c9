import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import {
  folderBytes,
  ignoreNotFound,
  isFolder,
  namesIn,
} from "../files/folders.ts";
import { isTemporaryName } from "../files/temporary.ts";
import { isRunLocked, isRunStarted } from "./folder.ts";
import { noiseSource } from "./label_noise.ts";
import { readRecord, type StoredRecord } from "./record.ts";
import { runId } from "./spec.ts";
import { teacherRuns } from "./teacher_runs.ts";

/** Finished, in training, interrupted at a checkpoint, or unreadable. */
export const RUN_STATES = [
  "finished",
  "training",
  "interrupted",
  "damaged",
] as const;

/** State of a run on disk. */
export type RunState = typeof RUN_STATES[number];

/** A run on disk, finished or not. */
export interface RunEntry {
  /** Name of its folder, which is its id unless the user chose another. */
  readonly name: string;
  readonly folder: string;
  readonly state: RunState;
  /** Only of a finished run. */
  readonly record: StoredRecord | undefined;
  readonly bytes: number;
  /** Start of the training, or the last change of the folder. */
  readonly time: Date;
}

/**
 * Returns every run below a folder, ordered by name; other folders are left out.
 * The folder need not exist.
 */
export async function storedRuns(root: string): Promise<RunEntry[]> {
  const entries: RunEntry[] = [];
  for (const name of await namesIn(root)) {
    const folder = join(root, name);
    // One that is being removed has a temporary name.
    if (isTemporaryName(name) || !isFolder(folder)) continue;
    const entry = await entryOf(name, folder);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function entryOf(
  name: string,
  folder: string,
): Promise<RunEntry | undefined> {
  const { state, record } = await stateOf(folder);
  if (state === undefined) return undefined;
  const changed = (await Deno.stat(folder).catch(ignoreNotFound))?.mtime;
  const time = record ? new Date(record.startedAt) : changed ?? new Date(0);
  const bytes = await folderBytes(folder);
  return { name, folder, state, record, bytes, time };
}

interface FoundState {
  /** Undefined for a folder without a run. */
  readonly state: RunState | undefined;
  readonly record?: StoredRecord;
}

async function stateOf(folder: string): Promise<FoundState> {
  const finished = await finishedState(folder);
  if (finished !== undefined) return finished;
  if (await isRunLocked(folder)) return { state: "training" };
  if (await isRunStarted(folder)) return { state: "interrupted" };
  // Another process may have finished it in between, and removed its checkpoint.
  return await finishedState(folder) ?? { state: undefined };
}

async function finishedState(folder: string): Promise<FoundState | undefined> {
  try {
    const record = await readRecord(folder);
    return record && { state: "finished", record };
  } catch (error) {
    if (error instanceof BadInput) return { state: "damaged" };
    throw error;
  }
}

/**
 * Returns the names of the finished runs that need a run, by its name: it is a
 * teacher of theirs or the source of their label noise.
 */
export function neededBy(entries: readonly RunEntry[]): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  for (const { name, record } of entries) {
    if (record === undefined) continue;
    const { teacher } = record.spec;
    const source = noiseSource(record.spec);
    const ids = [...teacherRuns(teacher), ...source ? [source] : []].map(runId);
    for (const id of new Set(ids)) {
      const names = entries.filter((entry) => entry.record?.id === id)
        .map(({ name }) => name);
      for (const other of names) {
        needs.set(other, [...needs.get(other) ?? [], name]);
      }
    }
  }
  return needs;
}
