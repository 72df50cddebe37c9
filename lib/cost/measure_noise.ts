import type { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { estimateStepMemory } from "./step_memory.ts";
import type { ModelName } from "../models/model_name.ts";
import { stream } from "../random.ts";
import { median } from "../statistics/summary.ts";
import type { RunSpec } from "../runs/spec.ts";
import type { DataSizes, Measure } from "./estimate.ts";
import { type NetworkCost, networkCost } from "./network_cost.ts";
import { noiseLearner } from "./noise_learner.ts";
import { DATASET_SIZES } from "../data/named/known_datasets.ts";

/** Options of `stepCost()`. */
export interface StepOptions {
  readonly model: ModelName;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** Images per step; halved until a step fits into `memory`. */
  readonly batchSize: number;
  /** Limit on the estimated memory of a step, in bytes (none). */
  readonly memory?: number;
  /** Maximum number of timed steps, after one that is not timed (3). */
  readonly steps?: number;
}

/** Measured time of a training step, with the cost of the network. */
export interface StepCost extends NetworkCost {
  /** Median over the timed steps. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Number of timed steps. */
  readonly steps: number;
}

/** If a step takes longer than this, in seconds, no further one is timed. */
const SLOW = 1;

/** Times training steps (SGD with momentum) of a network on a batch of noise. */
export function stepCost(options: StepOptions): StepCost {
  const { model: name, classes, steps = 3, memory = Infinity } = options;
  const { height, width, channels } = options;
  const random = stream(1, "measure");
  const size = { height, width, channels, classes };
  const model = buildModel(name, { ...size, random });
  const batchSize = fittingBatch(model, options.batchSize, memory);
  const learner = noiseLearner(model, batchSize, size);
  try {
    const step = () => {
      const start = performance.now();
      learner.step();
      return (performance.now() - start) / 1000;
    };
    // The first step also sets up the kernels.
    step();
    const times = [step()];
    while (times.length < steps && times[0] < SLOW) times.push(step());
    const seconds = median(times);
    return {
      ...networkCost(model, batchSize),
      seconds,
      imagesPerSecond: batchSize / seconds,
      steps: times.length,
    };
  } finally {
    learner.dispose();
    model.dispose();
  }
}

function fittingBatch(
  model: tf.LayersModel,
  batchSize: number,
  memory: number,
): number {
  let batch = batchSize;
  while (batch > 1 && estimateStepMemory(model, batch) > memory) {
    batch = Math.ceil(batch / 2);
  }
  return batch;
}

/** Measurements on noise, with the steps timed so far. */
export interface NoiseMeasure extends Measure {
  /** Measured steps by network and data set: "lenet on excerpt". */
  readonly steps: ReadonlyMap<string, StepCost>;
}

/**
 * Measures runs on named data sets without their data: sizes are known, and a step
 * of each network is timed once per data set, on noise of the right shape with the
 * batch size of the first run.
 *
 * @param options `memory`: limit on the estimated memory of a step, in bytes (none);
 * `onMeasure`: called with each name before it is measured
 */
export function noiseMeasure(
  { memory = Infinity, onMeasure }: {
    readonly memory?: number;
    readonly onMeasure?: (name: string) => void;
  } = {},
): NoiseMeasure {
  const steps = new Map<string, StepCost>();
  const stepOf = ({ model, data: { dataset }, training }: RunSpec) => {
    const name = `${model} on ${dataset}`;
    const known = steps.get(name);
    if (known !== undefined) return known;
    onMeasure?.(name);
    const { height, width, channels, classes } = DATASET_SIZES[dataset];
    const size = { height, width, channels, classes };
    const { batchSize } = training;
    const measured = stepCost({ model, ...size, batchSize, memory });
    steps.set(name, measured);
    return measured;
  };
  return {
    steps,
    sizes: (spec) => Promise.resolve(knownSizes(spec)),
    network: (spec) => Promise.resolve(stepOf(spec)),
    speed: (spec) => {
      const { imagesPerSecond, steps } = stepOf(spec);
      return Promise.resolve({ kind: "steps", imagesPerSecond, steps });
    },
  };
}

function knownSizes({ data }: RunSpec): DataSizes {
  const { train, test, classes } = DATASET_SIZES[data.dataset];
  const pool = data.limit ?? train;
  const images = Math.round(data.trainFraction * pool);
  return { train: images, validation: pool - images, test, classes };
}
