import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { folderBytes, isFolder, namesIn } from "../files/folders.ts";
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
    if (!isFolder(folder)) continue;
    const entry = await entryOf(name, folder);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function entryOf(
  name: string,
  folder: string,
): Promise<RunEntry | undefined> {
  let record: StoredRecord | undefined;
  let damaged = false;
  try {
    record = await readRecord(folder);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    damaged = true;
  }
  const state = damaged
    ? "damaged"
    : record
    ? "finished"
    : await isRunLocked(folder)
    ? "training"
    : await isRunStarted(folder)
    ? "interrupted"
    : undefined;
  if (state === undefined) return undefined;
  const time = record
    ? new Date(record.startedAt)
    : (await Deno.stat(folder)).mtime ?? new Date(0);
  const bytes = await folderBytes(folder);
  return { name, folder, state, record, bytes, time };
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
