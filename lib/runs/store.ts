import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import type { Logits } from "../matrix_kinds.ts";
import { resultsRoot } from "../files/user_folders.ts";
import { labelsOf } from "../files/arrays/labels_of.ts";
import { decodeNpy } from "../files/decode_npy.ts";
import { logitsIn } from "../files/npy.ts";
import type { NpyArray } from "../files/npy_types.ts";
import { readBytes } from "../files/read_bytes.ts";
import { parseJsonLines, readText } from "../files/read_json.ts";
import { readIntact, type RunFolder } from "./intact_file.ts";
import { EPOCH_RECORD, type EpochRecord } from "../training/history.ts";
import { RECORD_FILE, type RunRecord } from "./record.ts";

/** A part of a run's data; `held` exists only if the run holds out a fold. */
export type Part = "train" | "val" | "test" | "held";

/** A value for each part of a run. */
export type Parts<Value> =
  & Readonly<Record<Exclude<Part, "held">, Value>>
  & { readonly held?: Value };

/** A finished run on disk. */
export interface StoredRun extends RunFolder {
  readonly record: RunRecord;
}

/**
 * Returns the default folder of all runs.
 *
 * @param base as in `resultsRoot()`
 */
export function runsFolder(base = ""): string {
  return join(resultsRoot(base), "runs");
}

/**
 * Reads the logits of one part, `[n, classes]`, in the order of
 * `readRunIndices()`.
 */
export async function readRunLogits(
  run: RunFolder,
  part: Part,
): Promise<Logits> {
  const { array, path } = await readArray(run, `logits-${part}.npy`);
  return logitsIn(array, path);
}

/** Reads the labels of one part, `[n]`. */
export async function readRunLabels(
  run: RunFolder,
  part: Part,
): Promise<Int32Array> {
  return await readIntegers(run, `labels-${part}.npy`);
}

/**
 * Reads the sample indices of one part, `[n]`, in ascending order: positions in
 * the data set's training images, or for `test` in its test images.
 */
export async function readRunIndices(
  run: RunFolder,
  part: Part,
): Promise<Int32Array> {
  return await readIntegers(run, `indices-${part}.npy`);
}

async function readIntegers(
  run: RunFolder,
  name: string,
): Promise<Int32Array> {
  const { array, path } = await readArray(run, name);
  return labelsOf({ ...array, type: "whole" }, path).labels;
}

async function readArray(
  run: RunFolder,
  name: string,
): Promise<{ readonly array: NpyArray; readonly path: string }> {
  const { path, content } = await readIntact(run, name, readBytes);
  return { array: decodeNpy(content, path), path };
}

/**
 * Reads the training history, one record per epoch.
 *
 * @throws {BadInput} if `history.jsonl` is missing or damaged; the message
 * names the line and the key
 */
export async function readRunHistory(run: RunFolder): Promise<EpochRecord[]> {
  const { path, content } = await readIntact(run, "history.jsonl", readText);
  const history = parseJsonLines(content, EPOCH_RECORD, path);
  if (history.length > 0) return history;
  throw new BadInput(`${path}: it is empty`);
}

/** Returns the paths of a run's own files, which must not be overwritten. */
export function runFiles({ folder }: RunFolder): string[] {
  const parts: readonly Part[] = ["train", "val", "test", "held"];
  const arrays = parts.flatMap((part) =>
    ["logits", "labels", "indices"].map((what) => `${what}-${part}.npy`)
  );
  const model = ["model.json", "weights.bin"].map((name) =>
    join("model", name)
  );
  const history = ["history.jsonl", "history.csv"];
  return [RECORD_FILE, ...history, ...arrays, ...model].map((name) =>
    join(folder, name)
  );
}
