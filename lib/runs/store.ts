import { basename, join } from "node:path";
import { BadInput } from "../bad_input.ts";
import type { LogitsMetrics } from "../calibration/evaluate.ts";
import type { Metrics } from "../calibration/metrics.ts";
import type { DeviceInfo } from "../engine/device.ts";
import type { EngineInfo } from "../engine/engine.ts";
import type { Logits } from "../matrix_kinds.ts";
import { isMissing } from "../files/folders.ts";
import { readLabels, readLogits } from "../files/npy.ts";
import { readJsonLines } from "../files/read_json.ts";
import { EPOCH_RECORD, type EpochRecord } from "../training/history.ts";
import type { RunSpec } from "./spec.ts";
import { withTeacherKinds } from "./teacher_kinds.ts";

/** A part of a run's data; `held` only where the run holds out a fold. */
export type Part = "train" | "val" | "test" | "held";

/** Something of each part that a run has. */
export type Parts<Value> =
  & Readonly<Record<Exclude<Part, "held">, Value>>
  & { readonly held?: Value };

/** What a finished run says of itself: its `run.json`. */
export interface RunRecord {
  readonly id: string;
  readonly spec: RunSpec;
  readonly versions: EngineInfo;
  /** What it was trained on; runs of old do not say. */
  readonly device?: DeviceInfo;
  /** When training began, ISO 8601. */
  readonly startedAt: string;
  /** Of training and validation, all epochs, also those ahead of a resumption. */
  readonly seconds: number;
  readonly epochs: number;
  /** The epoch whose weights were kept, countRuns from 1. */
  readonly bestEpoch: number;
  /** Images that were trained on. */
  readonly trainImages: number;
  /** Trainable weights. */
  readonly parameters: number;
  readonly classNames: readonly string[];
  /**
   * How values were normalised, by channel: `(value / unit - mean) / std`; 0
   * where `std` is.
   */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /**
   * 255 where values are bytes, 1 where they are numbers; runs of old, all of
   * them on bytes, do not say.
   */
  readonly unit?: number;
  readonly validation: Metrics;
  /**
   * With the temperature fitted on the validation part; runs of old do not say
   * whether it is at a bound.
   */
  readonly test: LogitsMetrics;
}

/** A finished run on disk. */
export interface StoredRun {
  readonly folder: string;
  readonly record: RunRecord;
}

/** Where runs live, unless one is told otherwise. */
export const RUNS_FOLDER = join("results", "runs");

const RECORD = "run.json";

/** The run in a folder, or nothing where there is no whole one. */
export async function openRun(folder: string): Promise<StoredRun | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(join(folder, RECORD));
  } catch (error) {
    // A file may have been named where a folder was meant.
    if (isMissing(error)) return undefined;
    throw error;
  }
  let record: RunRecord;
  try {
    record = JSON.parse(text) as RunRecord;
  } catch {
    throw new BadInput(`Cannot read ${join(folder, RECORD)}: it is not JSON`);
  }
  if (!record?.spec) return { folder, record };
  return { folder, record: { ...record, spec: withTeacherKinds(record.spec) } };
}

/**
 * The run that a person means: a folder, or the id of one below `root`.
 *
 * @throws {BadInput} if there is no finished run of that name, or its folder
 * has another program's `run.json`
 */
export async function findRun(
  name: string,
  root = RUNS_FOLDER,
): Promise<StoredRun> {
  for (const folder of [name, join(root, basename(name))]) {
    const run = await openRun(folder);
    if (!run) continue;
    if (isComplete(run)) return run;
    throw new BadInput(
      `Cannot use ${folder}: its ${RECORD} is not that of a finished run`,
    );
  }
  throw new BadInput(
    `Cannot find a finished run ${name}: neither as a folder with ${RECORD} ` +
      `nor below ${root}`,
  );
}

/** Whether a record is a run's, and holds what is asked of every run's. */
export function isComplete({ record }: StoredRun): boolean {
  const { spec, test } = (record ?? {}) as Partial<RunRecord>;
  return spec?.data !== undefined && spec.training !== undefined &&
    spec.objective !== undefined && Number.isFinite(test?.logLoss);
}

/** Logits of one part, `[n, classes]`, in the order of `readIndices`. */
export function readRunLogits(run: StoredRun, part: Part): Promise<Logits> {
  return readLogits(join(run.folder, `logits-${part}.npy`));
}

/** Labels of one part, `[n]`. */
export function readRunLabels(
  run: StoredRun,
  part: Part,
): Promise<Int32Array> {
  return readLabels(join(run.folder, `labels-${part}.npy`));
}

/**
 * Sample indices of one part, `[n]`, ascending: positions in the data set's
 * training images, for `test` in its test images.
 */
export function readRunIndices(
  run: StoredRun,
  part: Part,
): Promise<Int32Array> {
  return readLabels(join(run.folder, `indices-${part}.npy`));
}

/**
 * One record an epoch.
 *
 * @throws {BadInput} if `history.jsonl` is missing or damaged: its line and key
 */
export async function readRunHistory(run: StoredRun): Promise<EpochRecord[]> {
  return await readJsonLines(join(run.folder, "history.jsonl"), EPOCH_RECORD);
}

/** Paths of a run's own files, which nothing else may be written over. */
export function runFiles({ folder }: StoredRun): string[] {
  const parts: readonly Part[] = ["train", "val", "test", "held"];
  const arrays = parts.flatMap((part) =>
    ["logits", "labels", "indices"].map((what) => `${what}-${part}.npy`)
  );
  return [RECORD, "history.jsonl", ...arrays].map((name) => join(folder, name));
}
