import { canonical, type DataSpec, type RunSpec } from "../runs/spec.ts";
import type { RunRecord } from "../runs/record.ts";
import { mean } from "../statistics/summary.ts";
import type { NetworkCost } from "./network_cost.ts";
import type { RunRows } from "./run_bytes.ts";
import { type RunCost, runCost, type Speed } from "./run_cost.ts";

/** What runs cost together, before they are trained. */
export interface Estimate {
  /** What each costs, in their order. */
  readonly runs: readonly RunCost[];
  /** Of all forward and backward passes, validation included. */
  readonly multiplyAdds: number;
  readonly seconds: number;
  /** What the seconds of the first run are known from. */
  readonly secondsFrom: SecondsFrom;
  /** On disk: networks in float32, logits, labels and indices. */
  readonly bytes: number;
  /** The most memory of a step of training on a CPU, estimated, in bytes. */
  readonly stepBytes: number;
}

/** What an estimate of time rests on. */
export type SecondsFrom =
  | { readonly kind: "nothing" }
  | { readonly kind: "runs"; readonly runs: number }
  | { readonly kind: "steps"; readonly steps: number };

/** Images of each part of a run that holds out nothing, and classes. */
export type DataSizes = Omit<RunRows, "held">;

/** How fast a network was trained in some steps that were timed. */
export type MeasuredSpeed = Speed & { readonly steps: number };

/** How an estimate finds out about runs; asked once for runs that are alike. */
export interface Measure {
  /**
   * Of data as the run has them.
   *
   * @throws {BadInput} if the network cannot take them, or there are too few
   */
  sizes(spec: RunSpec): Promise<DataSizes>;
  network(spec: RunSpec): Promise<NetworkCost>;
  /** Asked only where no finished run is alike. */
  speed(spec: RunSpec): Promise<MeasuredSpeed>;
}

/** What an estimate needs to know of a finished run. */
export type TimedRun = Pick<
  RunRecord,
  "spec" | "seconds" | "epochs" | "trainImages"
>;

/** What is known of runs that are alike. */
interface Known {
  readonly sizes: DataSizes;
  readonly network: NetworkCost;
  readonly speed: Speed;
  readonly secondsFrom: SecondsFrom;
  /** Finished runs among them. */
  readonly finished: readonly TimedRun[];
}

/**
 * What runs cost: the one estimate of multiply-adds, time, disk and memory.
 *
 * The speed is that of finished runs of the same model, data and batch size,
 * where there are any, else it is measured. The epochs are all of them, so that
 * an early stop makes it less; or the mean of finished runs with the same
 * settings of training, where there are any.
 *
 * @param options `finished`: runs to go by; none unless given
 */
export async function estimate(
  specs: readonly RunSpec[],
  measure: Measure,
  { finished = [] }: { readonly finished?: readonly TimedRun[] } = {},
): Promise<Estimate> {
  const known = new Map<string, Known>();
  const runs: RunCost[] = [];
  for (const spec of specs) {
    const key = alikeKey(spec);
    const about = known.get(key) ?? await findOut(spec, measure, finished);
    known.set(key, about);
    const { sizes, network, speed } = about;
    const rows = partSizes(sizes, spec.data);
    const epochs = expectedEpochs(spec, about.finished);
    runs.push(runCost({ rows, network, epochs, speed }));
  }
  const sum = (of: (cost: RunCost) => number) =>
    runs.reduce((total, cost) => total + of(cost), 0);
  const [first] = known.values();
  return {
    runs,
    multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
    seconds: sum(({ seconds }) => seconds),
    secondsFrom: first?.secondsFrom ?? { kind: "nothing" },
    bytes: sum(({ bytes }) => bytes),
    stepBytes: Math.max(0, ...runs.map(({ stepBytes }) => stepBytes)),
  };
}

async function findOut(
  spec: RunSpec,
  measure: Measure,
  finished: readonly TimedRun[],
): Promise<Known> {
  const sizes = await measure.sizes(spec);
  const network = await measure.network(spec);
  const alike = finished.filter((run) => alikeKey(run.spec) === alikeKey(spec));
  const about = { sizes, network, finished: alike };
  if (alike.length === 0) {
    const { steps, ...speed } = await measure.speed(spec);
    return { ...about, speed, secondsFrom: { kind: "steps", steps } };
  }
  const secondsPerImage = mean(
    alike.map((run) => run.seconds / run.epochs / run.trainImages),
  );
  return {
    ...about,
    speed: { kind: "epochs", secondsPerImage },
    secondsFrom: { kind: "runs", runs: alike.length },
  };
}

/**
 * Text that runs share where an image of one takes as long as one of the other:
 * where network, data and batch size are the same.
 */
function alikeKey({ model, data, training: { batchSize } }: RunSpec): string {
  const { dataset, own, limit, trainFraction } = data;
  return canonical({ model, batchSize, dataset, own, limit, trainFraction });
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
