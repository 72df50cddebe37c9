import { BadInput } from "../bad_input.ts";
import { fitTemperature } from "../calibration/temperature.ts";
import type { Split } from "../data/split.ts";
import { type Matrix, takeRows } from "../matrix.ts";
import {
  readRunIndices,
  readRunLabels,
  readRunLogits,
  type StoredRun,
} from "./run_store.ts";

/** A teacher's word on the samples that a run trains on. */
export interface Teacher {
  /** `[n, classes]`, in the order of the run's training samples. */
  readonly logits: Matrix;
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
  const seen = split.validation.find((index) => position.has(index));
  if (seen !== undefined) {
    throw new BadInput(
      `Cannot use ${run.record.id} as a teacher: it was trained on sample ` +
        `${seen}, which is validation data here, so fraction and seed must ` +
        `be as its own`,
    );
  }
  const [logits, validation, labels] = await Promise.all([
    readRunLogits(run, "train"),
    readRunLogits(run, "val"),
    readRunLabels(run, "val"),
  ]);
  const { temperature } = fitTemperature(validation, labels);
  return { logits: takeRows(logits, rows), temperature };
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
  logits: Matrix,
  labels: Int32Array,
  { split, classes, source }: {
    readonly split: Split;
    readonly classes: number;
    readonly source: string;
  },
): Teacher {
  if (logits.rows !== labels.length || logits.columns !== classes) {
    throw new BadInput(
      `Cannot use ${source} as a teacher: it holds ${logits.rows} rows of ` +
        `${logits.columns} classes, and the data set has ` +
        `${labels.length} training images of ${classes} classes`,
    );
  }
  const { temperature } = fitTemperature(
    takeRows(logits, split.validation),
    Int32Array.from(split.validation, (i) => labels[i]),
  );
  return { logits: takeRows(logits, split.train), temperature };
}
