import { BadInput } from "../bad_input.ts";
import { BadSetting } from "../setting_rules.ts";
import { fitTemperature } from "../calibration/calibrators/temperature.ts";
import type { LabelledLogits } from "../calibration/labelled_logits.ts";
import type { Split } from "../data/split.ts";
import { row, takeRows } from "../matrix.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { meanLogits } from "../logits/mean_logits.ts";
import {
  readRunIndices,
  readRunLabels,
  readRunLogits,
  type StoredRun,
} from "./store.ts";

/** A teacher's predictions for the training samples of a run. */
export interface Teacher {
  /** `[n, classes]`, in the order of the run's training samples. */
  readonly logits: Logits;
  /** Temperature fitted on the teacher's validation logits. */
  readonly temperature: number;
  /** The teacher's validation rows, to fit other calibrators. */
  readonly validation: LabelledLogits;
}

/**
 * Returns a finished run as a teacher for the given samples.
 *
 * @param split positions in the data set's training images
 * @throws {BadInput} if the run was not trained on one of the training samples,
 * or was trained on one of the validation samples: model selection would then
 * use samples that the teacher has memorised
 */
export async function teacherFromRun(
  run: StoredRun,
  split: Split,
): Promise<Teacher> {
  const logits = await trainingLogits(run, split);
  return taught(logits, await validationRows([run]));
}

/**
 * Returns an ensemble of finished runs as a teacher for the given samples; its
 * logits are the log of the mean probability.
 *
 * @param runs runs with the same data set and split
 * @throws {BadInput} for each run as in `teacherFromRun()`
 */
export async function teacherFromEnsemble(
  runs: readonly StoredRun[],
  split: Split,
): Promise<Teacher> {
  const members = [];
  for (const run of runs) members.push(await trainingLogits(run, split));
  return taught(meanLogits(members), await validationRows(runs));
}

/**
 * Returns a cross-fitted teacher for the given samples: each sample's logits
 * are the log of the mean probability of the runs that hold it out, one per
 * repeat.
 *
 * @param runs runs with the same data set and split; all folds of the first
 * repeat, then of the next
 * @throws {BadInput} if no run of a repeat holds out one of the training
 * samples, or a run was trained on a validation sample
 */
export async function teacherFromFolds(
  runs: readonly StoredRun[],
  split: Split,
  folds: number,
): Promise<Teacher> {
  const logits = await crossFittedLogits(runs, split, folds);
  return taught(logits, await validationRows(runs));
}

/**
 * Returns the logits of `teacherFromFolds()`, without fitting a temperature.
 *
 * @throws {BadInput} as that function
 */
export async function crossFittedLogits(
  runs: readonly StoredRun[],
  split: Split,
  folds: number,
): Promise<Logits> {
  const repeats = [];
  for (let start = 0; start < runs.length; start += folds) {
    const repeat = runs.slice(start, start + folds);
    repeats.push(await heldOutLogits(repeat, split));
  }
  return meanLogits(repeats);
}

/**
 * Returns the logits of a run for each training sample, on which it was
 * trained.
 */
async function trainingLogits(run: StoredRun, split: Split): Promise<Logits> {
  const trained = await readRunIndices(run, "train");
  const position = new Map(Array.from(trained, (index, i) => [index, i]));
  const rows = Array.from(split.train, (index) => {
    const found = position.get(index);
    if (found !== undefined) return found;
    throw new BadInput(
      `Cannot use ${run.record.id} as a teacher: it was not trained on ` +
        `sample ${index}, so the split (limit, fraction and seed) must ` +
        `match the teacher's`,
    );
  });
  checkValidation(run, trained, split);
  return takeRows(await readRunLogits(run, "train"), rows);
}

/** Returns the logits for each training sample of the run that holds it out. */
async function heldOutLogits(
  runs: readonly StoredRun[],
  split: Split,
): Promise<Logits> {
  const rows = new Map<number, ArrayLike<number>>();
  let columns = 0;
  for (const run of runs) {
    checkValidation(run, await readRunIndices(run, "train"), split);
    const logits = await readRunLogits(run, "held");
    columns = logits.columns;
    const held = await readRunIndices(run, "held");
    held.forEach((index, i) => rows.set(index, row(logits, i)));
  }
  const data = new Float64Array(split.train.length * columns);
  split.train.forEach((index, i) => {
    const found = rows.get(index);
    if (found === undefined) {
      throw new BadInput(
        `Cannot use the folds of ${runs[0].record.id} as a teacher: none ` +
          `holds out sample ${index}, so the split (limit, fraction and ` +
          `seed) must match the teacher's`,
      );
    }
    data.set(found, i * columns);
  });
  return asLogits({ data, rows: split.train.length, columns });
}

/** Throws if a run was trained on one of the validation samples. */
function checkValidation(
  run: StoredRun,
  trained: Int32Array,
  { validation }: Split,
): void {
  const known = new Set(trained);
  const seen = validation.find((index) => known.has(index));
  if (seen === undefined) return;
  throw new BadInput(
    `Cannot use ${run.record.id} as a teacher: it was trained on sample ` +
      `${seen}, which is validation data here, so the split (fraction and ` +
      `seed) must match the teacher's`,
  );
}

/** Returns a teacher with the temperature of its validation rows. */
function taught(logits: Logits, validation: LabelledLogits): Teacher {
  const { temperature } = fitTemperature(validation.logits, validation.labels);
  return { logits, temperature, validation };
}

/** Returns the mean validation logits of runs. */
async function validationRows(
  runs: readonly StoredRun[],
): Promise<LabelledLogits> {
  const members: Logits[] = [];
  for (const run of runs) members.push(await readRunLogits(run, "val"));
  const logits = members.length === 1 ? members[0] : meanLogits(members);
  const labels = await readRunLabels(runs[0], "val");
  return { logits, labels };
}

/**
 * Returns logits from a file as a teacher for a run's training samples.
 *
 * @param logits `[images, classes]`, a row for each training image of the data
 * set, in order
 * @param labels `[images]`
 * @throws {BadInput} if rows or classes do not match the data set
 */
export function teacherFromLogits(
  logits: Logits,
  labels: Int32Array,
  { split, classes, source }: {
    readonly split: Split;
    readonly classes: number;
    readonly source: string;
  },
): Teacher {
  checkLogits(logits, { images: labels.length, classes, source });
  return taught(takeRows(logits, split.train), {
    logits: takeRows(logits, split.validation),
    labels: Int32Array.from(split.validation, (i) => labels[i]),
  });
}

/**
 * Throws unless logits from a file have the shape of a data set.
 *
 * @throws {BadInput} if rows or classes do not match the data set
 */
export function checkLogits(
  logits: Logits,
  { images, classes, source }: {
    /** Number of training images of the data set. */
    readonly images: number;
    readonly classes: number;
    readonly source: string;
  },
): void {
  if (logits.rows === images && logits.columns === classes) return;
  throw new BadSetting((nameOf) =>
    `Cannot use ${source} as a teacher: it has ${logits.rows} rows of ` +
    `${logits.columns} classes, but must have one row for each of the ` +
    `${images} training images of ${classes} classes, in order and ` +
    `whatever ${nameOf("limit")} is`
  );
}
