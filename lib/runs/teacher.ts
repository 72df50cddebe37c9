import { BadInput } from "../bad_input.ts";
import { BadSetting } from "../setting_rules.ts";
import { fitTemperature } from "../calibration/calibrators/temperature.ts";
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

/** A teacher's word on the samples that a run trains on. */
export interface Teacher {
  /** `[n, classes]`, in the order of the run's training samples. */
  readonly logits: Logits;
  /** Fitted on the teacher's validation logits. */
  readonly temperature: number;
}

/**
 * What a finished run says of the given samples.
 *
 * @param split positions in the data set's training images
 * @throws {BadInput} if the run was not trained on one of the training
 * samples, or was trained on one of the validation samples, which would then
 * choose by what the teacher has learned by heart
 */
export async function teacherFromRun(
  run: StoredRun,
  split: Split,
): Promise<Teacher> {
  const logits = await trainingLogits(run, split);
  return { logits, temperature: await fittedTemperature([run]) };
}

/**
 * What finished runs say of the given samples together: the mean of their
 * probabilities, as its logarithm.
 *
 * @param runs of one data set and split
 * @throws {BadInput} as `teacherFromRun` of each run
 */
export async function teacherFromEnsemble(
  runs: readonly StoredRun[],
  split: Split,
): Promise<Teacher> {
  const members = [];
  for (const run of runs) members.push(await trainingLogits(run, split));
  const temperature = await fittedTemperature(runs);
  return { logits: meanLogits(members), temperature };
}

/**
 * What finished runs say of samples that they have not seen: of each the mean
 * probability of those runs that hold it out, one a repeat.
 *
 * @param runs of one data set and split, the folds of each repeat in turn
 * @throws {BadInput} if none of a repeat holds out one of the training samples,
 * or a run was trained on a validation sample
 */
export async function teacherFromFolds(
  runs: readonly StoredRun[],
  split: Split,
  folds: number,
): Promise<Teacher> {
  const repeats = [];
  for (let start = 0; start < runs.length; start += folds) {
    const repeat = runs.slice(start, start + folds);
    repeats.push(await heldOutLogits(repeat, split));
  }
  const temperature = await fittedTemperature(runs);
  return { logits: meanLogits(repeats), temperature };
}

/** Of each training sample the row of a run that was trained on it. */
async function trainingLogits(run: StoredRun, split: Split): Promise<Logits> {
  const known = await readRunIndices(run, "train");
  const position = new Map(Array.from(known, (index, i) => [index, i]));
  const rows = Array.from(split.train, (index) => {
    const found = position.get(index);
    if (found !== undefined) return found;
    throw new BadInput(
      `Cannot use ${run.record.id} as a teacher: it was not trained on ` +
        `sample ${index}, so limit, fraction and seed must be as its own`,
    );
  });
  checkValidation(run, known, split);
  return takeRows(await readRunLogits(run, "train"), rows);
}

/** Of each training sample the row of the run that holds it out. */
async function heldOutLogits(
  runs: readonly StoredRun[],
  split: Split,
): Promise<Logits> {
  const said = new Map<number, ArrayLike<number>>();
  let columns = 0;
  for (const run of runs) {
    checkValidation(run, await readRunIndices(run, "train"), split);
    const logits = await readRunLogits(run, "held");
    columns = logits.columns;
    const held = await readRunIndices(run, "held");
    held.forEach((index, i) => said.set(index, row(logits, i)));
  }
  const data = new Float64Array(split.train.length * columns);
  split.train.forEach((index, i) => {
    const found = said.get(index);
    if (found === undefined) {
      throw new BadInput(
        `Cannot use ${runs[0].record.id} and its like as a teacher: none of ` +
          `them holds out sample ${index}, so limit, fraction and seed must ` +
          `be as their own`,
      );
    }
    data.set(found, i * columns);
  });
  return asLogits({ data, rows: split.train.length, columns });
}

/** Throws if a run was trained on what is validation data here. */
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
      `${seen}, which is validation data here, so fraction and seed must ` +
      `be as its own`,
  );
}

/** The temperature of runs together, fitted on their validation logits. */
async function fittedTemperature(runs: readonly StoredRun[]): Promise<number> {
  const members: Logits[] = [];
  for (const run of runs) members.push(await readRunLogits(run, "val"));
  const logits = members.length === 1 ? members[0] : meanLogits(members);
  const labels = await readRunLabels(runs[0], "val");
  return fitTemperature(logits, labels).temperature;
}

/**
 * What logits from elsewhere say of a run's training samples.
 *
 * @param logits `[images, classes]`, a row for each training image of the data
 * set in order
 * @param labels `[images]`
 * @throws {BadInput} if rows or classes are not those of the data set
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
  const { temperature } = fitTemperature(
    takeRows(logits, split.validation),
    Int32Array.from(split.validation, (i) => labels[i]),
  );
  return { logits: takeRows(logits, split.train), temperature };
}

/**
 * Throws unless logits from elsewhere can teach on a data set.
 *
 * @throws {BadInput} if rows or classes are not those of the data set
 */
export function checkLogits(
  logits: Logits,
  { images, classes, source }: {
    /** Training images of the data set. */
    readonly images: number;
    readonly classes: number;
    readonly source: string;
  },
): void {
  if (logits.rows === images && logits.columns === classes) return;
  throw new BadSetting((nameOf) =>
    `Cannot use ${source} as a teacher: it holds ${logits.rows} rows of ` +
    `${logits.columns} classes, and the data set has ` +
    `${images} training images of ${classes} classes, each of which has ` +
    `its row there, in order and whatever ${nameOf("limit")} is`
  );
}
