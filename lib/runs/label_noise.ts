import type { Dataset } from "../data/image_set.ts";
import { noisyLabels } from "../data/label_noise.ts";
import { argMax } from "../matrix.ts";
import { readRunPart } from "./evaluate.ts";
import { findRun } from "./open.ts";
import { type LabelNoise, runId, type RunSpec } from "./spec.ts";
import type { RunFolder } from "./intact_file.ts";

/**
 * Returns a data set with noise in its training labels, which include those for
 * validation; the test labels stay clean. The labels depend on the noise and the
 * data set only, not on a run's seed, split or limit.
 *
 * @param options `noise`, undefined for none; `folder` of its source, by default
 * found by its id
 * @throws {BadInput} if the source is not finished
 */
export async function withLabelNoise(
  dataset: Dataset,
  { noise, folder }: {
    readonly noise: LabelNoise | undefined;
    readonly folder: string | undefined;
  },
): Promise<Dataset> {
  if (noise === undefined) return dataset;
  const { rate, seed } = noise;
  const classes = dataset.classNames.length;
  const confusions = noise.kind === "similar"
    ? await readConfusions(
      folder === undefined ? await findRun(runId(noise.source)) : { folder },
      classes,
    )
    : undefined;
  const { train } = dataset;
  const options = { classes, rate, seed, confusions };
  const labels = noisyLabels(train.labels, options);
  return { ...dataset, train: { ...train, labels } };
}

/** Returns the run whose confusions give the label noise of a run, if any. */
export function noiseSource({ data: { noise } }: RunSpec): RunSpec | undefined {
  return noise?.kind === "similar" ? noise.source : undefined;
}

/**
 * Returns how often a run predicted each class for each true class of its
 * validation samples, `[classes][classes]`.
 */
async function readConfusions(
  run: RunFolder,
  classes: number,
): Promise<number[][]> {
  const { logits, labels } = await readRunPart(run, "val");
  const counts = Array.from(
    { length: classes },
    () => Array<number>(classes).fill(0),
  );
  labels.forEach((label, i) => counts[label][argMax(logits, i)]++);
  return counts;
}
