import type { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { countTrainable } from "../models/layer_records.ts";
import { multiplyAdds } from "./multiply_adds.ts";
import { estimateStepMemory } from "./step_memory.ts";
import type { ModelName } from "../models/model_name.ts";
import { stream } from "../random.ts";
import { median } from "../statistics/summary.ts";
import { noiseLearner } from "./noise_learner.ts";

/** What is measured. */
export interface StepOptions {
  readonly model: ModelName;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** Halved until a step fits the memory. */
  readonly batchSize: number;
  /** Bytes that a step may take by its estimate; no limit unless given. */
  readonly memory?: number;
  /** At most so many, after one that is not measured; 3 unless given. */
  readonly steps?: number;
}

/** How long a step of training takes, and what there is to do. */
export interface StepCost {
  /** Images that it was measured on. */
  readonly batchSize: number;
  /** Median over the steps. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Weights that are trained. */
  readonly parameters: number;
  /** All weights, those included that are not trained. */
  readonly weights: number;
  /** Of one forward pass of one image. */
  readonly multiplyAdds: number;
}

/** One step of so many seconds is measure enough. */
const SLOW = 1;

/** Trains a network on a batch of noise, by SGD with momentum, and times it. */
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
      const began = performance.now();
      learner.step();
      return (performance.now() - began) / 1000;
    };
    // The first one also sets kernels up.
    step();
    const times = [step()];
    while (times.length < steps && times[0] < SLOW) times.push(step());
    const seconds = median(times);
    return {
      batchSize,
      seconds,
      imagesPerSecond: batchSize / seconds,
      parameters: countTrainable(model),
      weights: model.countParams(),
      multiplyAdds: multiplyAdds(model),
    };
  } finally {
    learner.dispose();
    model.dispose();
  }
}

function fittingBatch(
  model: tf.LayersModel,
  wanted: number,
  memory: number,
): number {
  let batch = wanted;
  while (batch > 1 && estimateStepMemory(model, batch) > memory) {
    batch = Math.ceil(batch / 2);
  }
  return batch;
}
