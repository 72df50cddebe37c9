import { mean } from "../statistics/summary.ts";
import { runBytes, type RunRows } from "./run_bytes.ts";
import { type DataSpec, isSameDataset, type RunSpec } from "../runs/spec.ts";
import type { RunRecord } from "../runs/record.ts";

/** What runs cost, before they are trained. */
export interface Estimate {
  readonly seconds: number;
  /** What the seconds are known from. */
  readonly secondsFrom: SecondsFrom;
  /** On disk: networks in float32, logits, labels and indices. */
  readonly bytes: number;
}

/** What an estimate of time rests on. */
export type SecondsFrom =
  | { readonly kind: "nothing" }
  | { readonly kind: "runs"; readonly runs: number }
  | { readonly kind: "steps"; readonly steps: number };

/** Images of each part of a run that holds out nothing, and classes. */
export type DataSizes = Omit<RunRows, "held">;

/** What is measured where it is needed. */
export interface Measure {
  /**
   * Of data as these runs have them.
   *
   * @throws {BadInput} if the network cannot take them, or there are too few
   */
  readonly sizes: () => Promise<DataSizes>;
  /** Weights of the network, those included that are not trained. */
  readonly weights: () => Promise<number>;
  /** Of some training steps and the validation that belongs to them. */
  readonly steps: () => Promise<{ secondsPerImage: number; steps: number }>;
}

/** What an estimate needs to know of a finished run. */
export type TimedRun = Pick<
  RunRecord,
  "spec" | "seconds" | "epochs" | "trainImages"
>;

/**
 * What the missing runs of one network and data set cost.
 *
 * The time is `images * epochs * seconds an image`, summed over the runs. The
 * seconds are those of finished runs of the same model, data and batch size,
 * where there are any, else measured. The epochs are all of them, so that an
 * early stop makes it less; or the mean of finished runs with the same
 * settings of training, where there are any.
 *
 * @param missing specs that differ in method, seed and fold alone
 */
export async function estimate(
  missing: readonly RunSpec[],
  finished: readonly TimedRun[],
  measure: Measure,
): Promise<Estimate> {
  if (missing.length === 0) {
    return { seconds: 0, secondsFrom: { kind: "nothing" }, bytes: 0 };
  }
  const sizes = await measure.sizes();
  const weights = await measure.weights();
  const alike = finished.filter(({ spec }) => isAlike(spec, missing[0]));
  const measured = alike.length > 0 ? undefined : await measure.steps();
  const secondsPerImage = measured?.secondsPerImage ??
    mean(alike.map((run) => run.seconds / run.epochs / run.trainImages));
  const epochs = expectedEpochs(missing[0], alike);
  const images = missing.reduce(
    (sum, { data }) => sum + partSizes(sizes, data).train,
    0,
  );
  return {
    seconds: images * epochs * secondsPerImage,
    secondsFrom: measured === undefined
      ? { kind: "runs", runs: alike.length }
      : { kind: "steps", steps: measured.steps },
    bytes: missing.reduce(
      (sum, { data }) => sum + runBytes(partSizes(sizes, data), weights),
      0,
    ),
  };
}

/** True where an image of one run takes as long as one of the other. */
function isAlike(one: RunSpec, other: RunSpec): boolean {
  return one.model === other.model &&
    one.training.batchSize === other.training.batchSize &&
    isSameDataset(one.data, other.data) &&
    one.data.limit === other.data.limit &&
    one.data.trainFraction === other.data.trainFraction;
}

function expectedEpochs(
  { training }: RunSpec,
  alike: readonly TimedRun[],
): number {
  const settings = JSON.stringify(training);
  const same = alike.filter(({ spec }) =>
    JSON.stringify(spec.training) === settings
  );
  if (same.length === 0) return training.epochs;
  return mean(same.map(({ epochs }) => epochs));
}

/** A held-out fold has the size of the others, to within a row a class. */
function partSizes(
  { train, ...rest }: DataSizes,
  { holdOut }: DataSpec,
): RunRows {
  const held = holdOut === undefined ? 0 : Math.round(train / holdOut.folds);
  return { ...rest, train: train - held, held };
}
