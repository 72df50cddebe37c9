import { canonical, type DataSpec, type RunSpec } from "../runs/spec.ts";
import type { RunRecord } from "../runs/record.ts";
import { mean } from "../statistics/summary.ts";
import type { NetworkCost } from "./network_cost.ts";
import type { RunRows } from "./run_bytes.ts";
import { type RunCost, runCost, type Speed } from "./run_cost.ts";

/** Estimated cost of runs that are not yet trained. */
export interface Estimate {
  /** Cost of each run, in the order of the specs. */
  readonly runs: readonly RunCost[];
  /** Multiply-adds of all forward and backward passes, including validation. */
  readonly multiplyAdds: number;
  readonly seconds: number;
  /** Source of the time estimate of the first run. */
  readonly secondsFrom: SecondsFrom;
  /** Size on disk: networks in float32, logits, labels and indices. */
  readonly bytes: number;
  /** Largest estimated memory of a training step on a CPU, in bytes. */
  readonly stepBytes: number;
}

/** Source of an estimate of time: finished runs or timed training steps. */
export type SecondsFrom =
  | { readonly kind: "nothing" }
  | { readonly kind: "runs"; readonly runs: number }
  | { readonly kind: "steps"; readonly steps: number };

/** Rows of each part of a run without a held-out fold, and classes. */
export type DataSizes = Omit<RunRows, "held">;

/** Measured training speed, with the number of timed steps. */
export type MeasuredSpeed = Speed & { readonly steps: number };

/**
 * Measurements for an estimate, taken once for runs with the same network, data and
 * batch size.
 */
export interface Measure {
  /**
   * Returns the sizes of the data set as the run splits it.
   *
   * @throws {BadInput} if the images do not fit the network or are too few
   */
  sizes(spec: RunSpec): Promise<DataSizes>;
  /** Returns the cost of the network at the run's batch size. */
  network(spec: RunSpec): Promise<NetworkCost>;
  /** Returns the training speed; called only if no finished run is similar. */
  speed(spec: RunSpec): Promise<MeasuredSpeed>;
}

/** The part of a finished run's record that an estimate uses. */
export type TimedRun = Pick<
  RunRecord,
  "spec" | "seconds" | "epochs" | "trainImages"
>;

/** Measurements shared by runs with the same network, data and batch size. */
interface GroupCost {
  readonly sizes: DataSizes;
  readonly network: NetworkCost;
  readonly speed: Speed;
  readonly secondsFrom: SecondsFrom;
  /** Finished runs of the group. */
  readonly finished: readonly TimedRun[];
}

/**
 * Estimates the multiply-adds, time, disk space and memory of runs, trained one
 * after the other.
 *
 * The speed comes from finished runs with the same model, data, batch size and
 * number of threads, or is measured, with the threads of this process, if there
 * are none. The number of epochs is the mean over finished runs with the same
 * training settings, or the maximum if there are none; early stopping then makes a
 * run shorter than estimated.
 *
 * @param options `finished`: runs to learn the speed from (none)
 */
export async function estimate(
  specs: readonly RunSpec[],
  measure: Measure,
  { finished = [] }: { readonly finished?: readonly TimedRun[] } = {},
): Promise<Estimate> {
  const groups = new Map<string, GroupCost>();
  const runs: RunCost[] = [];
  for (const spec of specs) {
    const key = groupKey(spec);
    const group = groups.get(key) ?? await groupCost(spec, measure, finished);
    groups.set(key, group);
    const { sizes, network, speed } = group;
    const rows = partSizes(sizes, spec.data);
    const epochs = expectedEpochs(spec, group.finished);
    runs.push(runCost({ rows, network, epochs, speed }));
  }
  const sum = (of: (cost: RunCost) => number) =>
    runs.reduce((total, cost) => total + of(cost), 0);
  const [first] = groups.values();
  return {
    runs,
    multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
    seconds: sum(({ seconds }) => seconds),
    secondsFrom: first?.secondsFrom ?? { kind: "nothing" },
    bytes: sum(({ bytes }) => bytes),
    stepBytes: Math.max(0, ...runs.map(({ stepBytes }) => stepBytes)),
  };
}

async function groupCost(
  spec: RunSpec,
  measure: Measure,
  finished: readonly TimedRun[],
): Promise<GroupCost> {
  const sizes = await measure.sizes(spec);
  const network = await measure.network(spec);
  const similar = finished.filter((run) =>
    groupKey(run.spec) === groupKey(spec)
  );
  const measured = { sizes, network, finished: similar };
  if (similar.length === 0) {
    const { steps, ...speed } = await measure.speed(spec);
    return { ...measured, speed, secondsFrom: { kind: "steps", steps } };
  }
  const secondsPerImage = mean(
    similar.map((run) => run.seconds / run.epochs / run.trainImages),
  );
  return {
    ...measured,
    speed: { kind: "epochs", secondsPerImage },
    secondsFrom: { kind: "runs", runs: similar.length },
  };
}

/** A key equal for runs with the same time per image. */
function groupKey({ model, data, training }: RunSpec): string {
  const { dataset, own, limit, trainFraction } = data;
  const { batchSize, threads } = training;
  const samples = { dataset, own, limit, trainFraction };
  return canonical({ model, batchSize, threads, samples });
}

function expectedEpochs(
  { training }: RunSpec,
  similar: readonly TimedRun[],
): number {
  const settings = JSON.stringify(training);
  const same = similar.filter(({ spec }) =>
    JSON.stringify(spec.training) === settings
  );
  if (same.length === 0) return training.epochs;
  return mean(same.map(({ epochs }) => epochs));
}

/** Folds have equal sizes, to within one row per class. */
function partSizes(
  { train, ...rest }: DataSizes,
  { holdOut }: DataSpec,
): RunRows {
  const held = holdOut === undefined ? 0 : Math.round(train / holdOut.folds);
  return { ...rest, train: train - held, held };
}
