import { DATASET_SIZES } from "../data/named/known_datasets.ts";
import type { ModelName } from "../models/model_name.ts";
import type { StepCost } from "./step_cost.ts";
import { runBytes } from "./run_bytes.ts";
import type { RunSpec } from "../runs/spec.ts";

/** What a run will cost, if no early stop makes it less. */
export interface RunCost {
  /** Images of an epoch. */
  readonly images: number;
  /** Of all forward and backward passes, validation included. */
  readonly multiplyAdds: number;
  readonly seconds: number;
  /** On disk. */
  readonly bytes: number;
}

/** What a step was measured on; runs that agree in it share the measurement. */
export interface StepKey {
  readonly model: ModelName;
  readonly dataset: string;
}

/** A backward pass does a forward pass's work twice. */
const BACKWARD = 2;

/**
 * A run's cost from the cost of a step: an epoch passes forward and backward
 * over the training images and forward over those of validation, which takes a
 * third of the time an image.
 *
 * @param spec of a data set that has a name, without a fold held out
 */
export function runCost({ data, training }: RunSpec, step: StepCost): RunCost {
  const { train, test, classes } = DATASET_SIZES[data.dataset];
  const pool = data.limit ?? train;
  const images = Math.round(data.trainFraction * pool);
  const validation = pool - images;
  // In forward passes of one image.
  const work = training.epochs * ((1 + BACKWARD) * images + validation);
  const rows = { train: images, validation, test, held: 0, classes };
  return {
    images,
    multiplyAdds: work * step.multiplyAdds,
    seconds: work / ((1 + BACKWARD) * step.imagesPerSecond),
    bytes: runBytes(rows, step.weights),
  };
}

/** Each pair of network and data set among runs, in their order. */
export function stepKeys(specs: readonly RunSpec[]): StepKey[] {
  const keys = new Map(specs.map(({ model, data: { dataset } }) => [
    keyName({ model, dataset }),
    { model, dataset },
  ]));
  return [...keys.values()];
}

/** A name for what a step was measured on. */
export function keyName({ model, dataset }: StepKey): string {
  return `${model} on ${dataset}`;
}
