import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import type { Logits } from "../matrix_kinds.ts";
import { type Progress, silentProgress } from "../training/progress.ts";
import { checkSpec } from "./check_spec.ts";
import { checkModelFits, openRunData, type RunData } from "./data.ts";
import { checkRunFolder, isRunLocked, RunLocked } from "./folder.ts";
import { runId, type RunSpec, type TeacherSpec } from "./spec.ts";
import { openRun } from "./open.ts";
import { RUNS_FOLDER, type StoredRun } from "./store.ts";
import {
  type Teacher,
  teacherFromEnsemble,
  teacherFromFolds,
  teacherFromLogits,
  teacherFromRun,
} from "./teacher.ts";
import { teacherRuns } from "./teacher_runs.ts";
import { trainRun } from "./train.ts";

/** Options of `ensureRun()`. */
export interface EnsureOptions {
  /** Folder of all runs. */
  readonly root?: string;
  /** Folder of this run; by default `<root>/<id>`. */
  readonly folder?: string;
  /** Folder of a teacher that is one run and not below `root`. */
  readonly teacherFolder?: string;
  /** The teacher's logits, for a spec whose teacher is a file of logits. */
  readonly teacherLogits?: { readonly logits: Logits; readonly source: string };
  readonly progress?: Progress;
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
 * trained, teachers first.
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
  const { root = RUNS_FOLDER, progress = silentProgress, signal } = options;
  const { resume = true, wait = true } = options;
  const id = runId(spec);
  const folder = options.folder ?? join(root, id);
  const existing = await finishedRun(folder);
  if (existing) return checkedRun(existing, id);
  // Before loading the data, which would be in vain.
  if (!wait && await isRunLocked(folder)) throw new RunLocked(folder);
  const taughtBy = await ensureTeachers(spec, options);
  const data = await openRunData(spec.data, spec.seed);
  try {
    checkModelFits(spec.model, data.dataset);
    const teacher = await openTeacher(spec.teacher, {
      data,
      runs: taughtBy,
      fromFile: options.teacherLogits,
    });
    const record = await trainRun(spec, {
      id,
      folder,
      data,
      teacher,
      progress,
      resume,
      wait,
      signal,
    });
    return checkedRun({ folder, record }, id);
  } finally {
    data.dispose();
  }
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
  const { root, teacherFolder, progress, wait, signal } = options;
  const runs: StoredRun[] = [];
  const specs = teacherRuns(teacher);
  for (const [i, spec] of specs.entries()) {
    runs.push(
      await ensureRun(spec, {
        ...(root === undefined ? {} : { root }),
        ...(teacherFolder === undefined ? {} : { folder: teacherFolder }),
        ...(progress === undefined
          ? {}
          : { progress: teacherProgress(progress, i + 1, specs.length) }),
        ...(wait === undefined ? {} : { wait }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
  }
  return runs;
}

/** Returns the same display with the number of the teacher in the titles. */
function teacherProgress(
  progress: Progress,
  number: number,
  total: number,
): Progress {
  if (total === 1) return progress;
  return {
    ...progress,
    begin: (title) => progress.begin(`teacher ${number} of ${total}: ${title}`),
  };
}

async function openTeacher(
  teacher: TeacherSpec | null,
  { data: { split, dataset }, runs, fromFile }: {
    readonly data: RunData;
    readonly runs: readonly StoredRun[];
    readonly fromFile: EnsureOptions["teacherLogits"];
  },
): Promise<Teacher | undefined> {
  switch (teacher?.kind) {
    case undefined:
      return undefined;
    case "run":
      return await teacherFromRun(runs[0], split);
    case "ensemble":
      return await teacherFromEnsemble(runs, split);
    case "cross-fitted":
      return await teacherFromFolds(runs, split, teacher.folds);
    case "logits":
      return fromFile &&
        teacherFromLogits(fromFile.logits, dataset.train.labels, {
          split,
          classes: dataset.classNames.length,
          source: fromFile.source,
        });
  }
}
