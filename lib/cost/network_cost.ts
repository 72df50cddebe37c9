import type { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { countTrainable } from "../models/layer_records.ts";
import type { ModelName } from "../models/model_name.ts";
import type { NetworkOptions } from "../models/network.ts";
import { multiplyAdds } from "./multiply_adds.ts";
import { estimateStepMemory } from "./step_memory.ts";

/** What a network costs per image and per step, whatever it is trained on. */
export interface NetworkCost {
  /** Weights that are trained. */
  readonly parameters: number;
  /** All weights, including those that are not trained. */
  readonly weights: number;
  /** Of one forward pass of one image. */
  readonly multiplyAdds: number;
  /** Images a step, for the memory. */
  readonly batch: number;
  /** Memory of a step of training on a CPU, estimated. */
  readonly stepBytes: number;
}

/**
 * The cost of a network that is there.
 *
 * @param batch images a step, at least 1
 */
export function networkCost(
  model: tf.LayersModel,
  batch: number,
): NetworkCost {
  return {
    parameters: countTrainable(model),
    weights: model.countParams(),
    multiplyAdds: multiplyAdds(model),
    batch,
    stepBytes: estimateStepMemory(model, batch),
  };
}

/** The cost of an architecture, which is built for the moment. */
export function architectureCost(
  name: ModelName,
  size: Omit<NetworkOptions, "random">,
  batch: number,
): NetworkCost {
  const model = buildModel(name, { ...size, random: null });
  try {
    return networkCost(model, batch);
  } finally {
    model.dispose();
  }
}
