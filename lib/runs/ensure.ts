import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { type Progress, silentProgress } from "../training/progress.ts";
import { checkSpec } from "./check_spec.ts";
import {
  checkRunFolder,
  isRunLocked,
  RunLocked,
  tidyRun,
  whileLocked,
} from "./folder.ts";
import { noiseSource } from "./label_noise.ts";
import { loadDatasetOnce } from "./load_dataset.ts";
import { openRun } from "./open.ts";
import type { RunProgress } from "./runs_display.ts";
import { SharedRuns } from "./shared_runs.ts";
import { runId, type RunSpec } from "./spec.ts";
import { runsFolder, type StoredRun } from "./store.ts";
import { teacherRuns } from "./teacher_runs.ts";
import { processThreads } from "./threads.ts";
import type { TeacherLogits } from "./train_here.ts";
import { WorkerPool } from "./workers/pool.ts";

/** Options of `ensureRun()`. */
export interface EnsureOptions {
  /** Folder of all runs. */
  readonly root?: string;
  /** Folder of this run; by default `<root>/<id>`. */
  readonly folder?: string;
  /** Folder of a teacher that is one run and not below `root`. */
  readonly teacherFolder?: string;
  /** Folder of the source of the label noise, if it is not below `root`. */
  readonly noiseFolder?: string;
  /** The teacher's logits, for a spec whose teacher is a file of logits. */
  readonly teacherLogits?: TeacherLogits;
  /** The processes that train; by default this one, if it has the threads. */
  readonly pool?: WorkerPool;
  /** Returns the display of each run that is trained, teachers included. */
  readonly progress?: (id: string) => RunProgress;
  /** The runs that are ensured together with this one. */
  readonly shared?: SharedRuns;
  /** Whether to resume from an existing checkpoint; default true. */
  readonly resume?: boolean;
  /**
   * Whether to wait for a run that another process is training; default true.
   */
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Returns the finished run of a spec: read from disk if it is complete, else
 * trained, teachers first. With a pool, the networks of a teacher are trained
 * in parallel. A run whose number of threads this process does not have is
 * trained in another process.
 *
 * @throws {BadInput} if the spec is invalid, or its folder contains another run
 * or other files
 * @throws {RunLocked} if another process is training it or one of its teachers,
 * and `wait` is false
 */
export async function ensureRun(
  spec: RunSpec,
  options: EnsureOptions = {},
): Promise<StoredRun> {
  checkSpec(spec);
  const folder = runFolder(spec, options);
  const { shared = new SharedRuns() } = options;
  return await shared.once(
    folder,
    () => ensureInto(folder, spec, { ...options, shared }),
  );
}

/** Returns the folder of a run: the given one, or by its id below the root. */
export function runFolder(
  spec: RunSpec,
  { root = runsFolder(), folder }: Pick<EnsureOptions, "root" | "folder">,
): string {
  return folder ?? join(root, runId(spec));
}

async function ensureInto(
  folder: string,
  spec: RunSpec,
  options: EnsureOptions & { readonly shared: SharedRuns },
): Promise<StoredRun> {
  const id = runId(spec);
  const existing = await options.shared.inTurn(() => finishedRun(folder));
  if (existing) {
    const run = checkedRun(existing, id);
    await tidyRun(folder);
    return run;
  }
  // Checked before anything is loaded or trained.
  if (options.wait === false && await isRunLocked(folder)) {
    throw new RunLocked(folder);
  }
  const noiseFolder = await ensureNoiseSource(spec, options);
  const teachers = await ensureTeachers(spec, options);
  options.signal?.throwIfAborted();
  const train = options.pool || !hasThreads(spec)
    ? trainElsewhere
    : trainInProcess;
  const run = await shown(
    id,
    options,
    (progress) =>
      train(spec, { ...options, folder, noiseFolder, teachers, progress }),
  );
  return checkedRun(run, id);
}

/** Trains with a display, and reports to it how the training ended. */
async function shown(
  id: string,
  options: EnsureOptions,
  train: (progress: Progress) => Promise<StoredRun>,
): Promise<StoredRun> {
  const progress = options.progress?.(id);
  try {
    const run = await train(progress ?? silentProgress);
    progress?.close({ state: "done" });
    return run;
  } catch (error) {
    const left = error instanceof RunLocked || options.signal?.aborted;
    progress?.close(left ? { state: "left" } : { state: "failed", error });
    throw error;
  }
}

/** Returns whether this process has the number of threads that a run needs. */
export function hasThreads({ training: { threads } }: RunSpec): boolean {
  return threads === undefined || threads === processThreads();
}

/** Returns the run in a folder, or undefined if one may be trained into it. */
async function finishedRun(folder: string): Promise<StoredRun | undefined> {
  const found = await openRun(folder);
  if (found) return found;
  try {
    await checkRunFolder(folder);
  } catch (error) {
    // Another process may have finished it in between.
    const finished = await openRun(folder);
    if (finished) return finished;
    throw error;
  }
}

function checkedRun(run: StoredRun, id: string): StoredRun {
  if (run.record.id === id) return run;
  throw new BadInput(
    `Cannot use ${run.folder}: it contains run ${run.record.id}, not ${id}`,
  );
}

async function ensureTeachers(
  { teacher }: RunSpec,
  options: EnsureOptions,
): Promise<StoredRun[]> {
  const { teacherFolder: folder } = options;
  const { folder: _, teacherFolder: __, resume: ___, ...shared } = options;
  const own = folder === undefined ? shared : { ...shared, folder };
  return await ensureAll(teacherRuns(teacher), own);
}

/** Returns the folder of the source of a run's label noise, if it has one. */
async function ensureNoiseSource(
  spec: RunSpec,
  options: EnsureOptions,
): Promise<string | undefined> {
  const source = noiseSource(spec);
  if (source === undefined) return undefined;
  const { noiseFolder: folder } = options;
  const { folder: _, teacherFolder: __, resume: ___, ...shared } = options;
  const own = folder === undefined ? shared : { ...shared, folder };
  return (await ensureRun(source, own)).folder;
}

/**
 * Ensures several runs, in parallel if there is a pool. A failed run does not stop
 * the others, but without a pool no run begins after one with bad input.
 *
 * @throws the first reason, in the order of the runs, if some have failed
 */
export async function ensureAll(
  specs: readonly RunSpec[],
  options: EnsureOptions,
): Promise<StoredRun[]> {
  const runs: Promise<StoredRun>[] = [];
  for (const spec of specs) {
    const run = ensureRun(spec, options);
    runs.push(run);
    if (options.pool !== undefined) continue;
    await run.catch((error) => {
      if (error instanceof BadInput) throw error;
    });
  }
  await Promise.allSettled(runs);
  return await Promise.all(runs);
}

interface TrainOptions extends Omit<EnsureOptions, "progress" | "noiseFolder"> {
  readonly folder: string;
  readonly noiseFolder: string | undefined;
  /** The finished runs of the teacher. */
  readonly teachers: readonly StoredRun[];
  readonly progress: Progress;
}

async function trainInProcess(
  spec: RunSpec,
  { resume = true, wait = true, ...options }: TrainOptions,
): Promise<StoredRun> {
  // Imported here, because it loads the engine.
  const { trainHere } = await import("./train_here.ts");
  const { folder, teachers, teacherLogits, noiseFolder } = options;
  const { progress, signal } = options;
  return await trainHere(spec, {
    ...{ folder, teachers, teacherLogits, noiseFolder },
    ...{ progress, resume, wait, signal },
  });
}

/** Trains a run in another process, of the pool or started for it. */
async function trainElsewhere(
  spec: RunSpec,
  options: TrainOptions,
): Promise<StoredRun> {
  const { pool, folder, progress, signal, wait = true } = options;
  if (pool === undefined) {
    await using pool = new WorkerPool({ jobs: 1, writable: [folder] });
    return await trainElsewhere(spec, { ...options, pool });
  }
  const { dataset, own } = spec.data;
  // Downloads it if it is missing; the other process may not.
  if (own === undefined) await loadDatasetOnce(dataset);
  const teachers = options.teachers.map(({ folder }) => folder);
  const { teacherLogits, noiseFolder, resume = true } = options;
  const task = { spec, folder, teachers, teacherLogits, noiseFolder, resume };
  while (true) {
    try {
      await pool.train(task, { progress, signal });
    } catch (error) {
      if (!(error instanceof RunLocked) || !wait) throw error;
      progress.begin(`${runId(spec)}: another process is training it`);
      await whileLocked(folder, signal);
    }
    const run = await openRun(folder);
    if (run !== undefined) return run;
  }
}
