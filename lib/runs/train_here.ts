import type { Logits } from "../matrix_kinds.ts";
import type { Progress } from "../training/progress.ts";
import { checkModelFits, openRunData, type RunData } from "./data.ts";
import { runId, type RunSpec, type TeacherSpec } from "./spec.ts";
import type { StoredRun } from "./store.ts";
import {
  type Teacher,
  teacherFromEnsemble,
  teacherFromFolds,
  teacherFromLogits,
  teacherFromRun,
} from "./teacher.ts";
import { trainRun } from "./train.ts";

/** The logits of a teacher that is not a run. */
export interface TeacherLogits {
  /** A row for each training image of the data set, in order. */
  readonly logits: Logits;
  /** Their name in messages. */
  readonly source: string;
}

/** Options of `trainHere()`. */
export interface TrainHereOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** The finished runs of its teacher. */
  readonly teachers: readonly StoredRun[];
  readonly teacherLogits: TeacherLogits | undefined;
  /** Folder of the finished run whose confusions give the label noise. */
  readonly noiseFolder: string | undefined;
  readonly progress: Progress;
  readonly resume: boolean;
  readonly wait: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Trains a run in this process, unless another one finishes it meanwhile.
 *
 * @throws {RunLocked} if another process is training it, and `wait` is false
 */
export async function trainHere(
  spec: RunSpec,
  { teachers, teacherLogits, noiseFolder, ...options }: TrainHereOptions,
): Promise<StoredRun> {
  const { folder } = options;
  const data = await openRunData(spec.data, spec.seed, { noiseFolder });
  try {
    checkModelFits(spec.model, data.dataset);
    const teacher = await openTeacher(spec.teacher, {
      data,
      runs: teachers,
      fromFile: teacherLogits,
    });
    const id = runId(spec);
    const record = await trainRun(spec, { id, data, teacher, ...options });
    return { folder, record };
  } finally {
    data.dispose();
  }
}

async function openTeacher(
  teacher: TeacherSpec | null,
  { data: { split, dataset }, runs, fromFile }: {
    readonly data: RunData;
    readonly runs: readonly StoredRun[];
    readonly fromFile: TeacherLogits | undefined;
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
