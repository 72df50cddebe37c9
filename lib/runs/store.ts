import { join } from "node:path";
import type { Logits } from "../matrix_kinds.ts";
import { readLabels, readLogits } from "../files/npy.ts";
import { readJsonLines } from "../files/read_json.ts";
import { EPOCH_RECORD, type EpochRecord } from "../training/history.ts";
import { RECORD_FILE, type RunRecord } from "./record.ts";

/** A part of a run's data; `held` only where the run holds out a fold. */
export type Part = "train" | "val" | "test" | "held";

/** Something of each part that a run has. */
export type Parts<Value> =
  & Readonly<Record<Exclude<Part, "held">, Value>>
  & { readonly held?: Value };

/** Where the files of a run are. */
export interface RunFolder {
  readonly folder: string;
}

/** A finished run on disk. */
export interface StoredRun extends RunFolder {
  readonly record: RunRecord;
}

/** Where runs live, unless one is told otherwise. */
export const RUNS_FOLDER = join("results", "runs");

/** Logits of one part, `[n, classes]`, in the order of `readIndices`. */
export function readRunLogits(run: RunFolder, part: Part): Promise<Logits> {
  return readLogits(join(run.folder, `logits-${part}.npy`));
}

/** Labels of one part, `[n]`. */
export function readRunLabels(
  run: RunFolder,
  part: Part,
): Promise<Int32Array> {
  return readLabels(join(run.folder, `labels-${part}.npy`));
}

/**
 * Sample indices of one part, `[n]`, ascending: positions in the data set's
 * training images, for `test` in its test images.
 */
export function readRunIndices(
  run: RunFolder,
  part: Part,
): Promise<Int32Array> {
  return readLabels(join(run.folder, `indices-${part}.npy`));
}

/**
 * One record an epoch.
 *
 * @throws {BadInput} if `history.jsonl` is missing or damaged: its line and key
 */
export async function readRunHistory(run: RunFolder): Promise<EpochRecord[]> {
  return await readJsonLines(join(run.folder, "history.jsonl"), EPOCH_RECORD);
}

/** Paths of a run's own files, which nothing else may be written over. */
export function runFiles({ folder }: RunFolder): string[] {
  const parts: readonly Part[] = ["train", "val", "test", "held"];
  const arrays = parts.flatMap((part) =>
    ["logits", "labels", "indices"].map((what) => `${what}-${part}.npy`)
  );
  return [RECORD_FILE, "history.jsonl", ...arrays].map((name) =>
    join(folder, name)
  );
}
