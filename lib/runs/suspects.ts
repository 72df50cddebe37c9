import { dirname } from "node:path";
import { BadInput } from "../bad_input.ts";
import {
  type LabelSuspect,
  labelSuspects,
} from "../calibration/label_suspects.ts";
import { softmax } from "../logits/softmax.ts";
import { loadDatasetOnce } from "./load_dataset.ts";
import { findRun } from "./open.ts";
import { runId } from "./spec.ts";
import { readRunIndices, readRunLabels, type StoredRun } from "./store.ts";
import { crossFittedLogits } from "./teacher.ts";
import { teacherRuns } from "./teacher_runs.ts";

/** The doubted training labels of a run. */
export interface RunSuspects {
  /** Number of training labels. */
  readonly n: number;
  /** From the most doubted label on; `row` is the position in the data set. */
  readonly suspects: readonly LabelSuspect[];
  /** How well the suspects find the labels that label noise replaced, if any. */
  readonly noise: RecoveredLabels | undefined;
}

/** Replaced labels among as many suspects as labels were replaced. */
export interface RecoveredLabels {
  /** Number of replaced labels. */
  readonly replaced: number;
  /** Number of them among the first `replaced` suspects. */
  readonly found: number;
}

/**
 * The training labels of a run that its cross-fitted teacher doubts. Each label is
 * judged by networks that were not trained on it.
 *
 * @throws {BadInput} if the run has no cross-fitted teacher, or one of the teacher's
 * runs is missing
 */
export async function runSuspects(run: StoredRun): Promise<RunSuspects> {
  const { teacher } = run.record.spec;
  if (teacher?.kind !== "cross-fitted") {
    throw new BadInput(
      `Cannot rank the labels of ${run.record.id}: its teacher must be ` +
        `cross-fitted, so that no label is judged by a network trained on it`,
    );
  }
  const networks = [];
  for (const spec of teacherRuns(teacher)) {
    networks.push(await findRun(runId(spec), dirname(run.folder)));
  }
  const train = await readRunIndices(run, "train");
  const validation = await readRunIndices(run, "val");
  const labels = await readRunLabels(run, "train");
  const split = { train, validation };
  const logits = await crossFittedLogits(networks, split, teacher.folds);
  const suspects = labelSuspects(softmax(logits), labels)
    .map((suspect) => ({ ...suspect, row: train[suspect.row] }));
  const noise = await recoveredLabels(run, { train, labels, suspects });
  return { n: train.length, suspects, noise };
}

async function recoveredLabels(
  { record: { spec } }: StoredRun,
  { train, labels, suspects }: {
    readonly train: Int32Array;
    readonly labels: Int32Array;
    readonly suspects: readonly LabelSuspect[];
  },
): Promise<RecoveredLabels | undefined> {
  const { dataset, own, noise } = spec.data;
  if (noise === undefined) return undefined;
  const clean = (await loadDatasetOnce(dataset, { own })).train.labels;
  const replaced = new Set(
    train.filter((index, i) => labels[i] !== clean[index]),
  );
  const first = suspects.slice(0, replaced.size);
  const found = first.filter(({ row }) => replaced.has(row)).length;
  return { replaced: replaced.size, found };
}
