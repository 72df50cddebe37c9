import type { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { countTrainable } from "../models/layer_records.ts";
import type { ModelName } from "../models/model_name.ts";
import type { NetworkOptions } from "../models/network.ts";
import { multiplyAdds } from "./multiply_adds.ts";
import { estimateStepMemory } from "./step_memory.ts";

/** Cost of a network per image and per step. */
export interface NetworkCost {
  /** Number of trainable weights. */
  readonly parameters: number;
  /** Number of all weights, including those that are not trained. */
  readonly weights: number;
  /** Multiply-adds of a forward pass of one image. */
  readonly multiplyAdds: number;
  /** Images per step, to which `stepBytes` refers. */
  readonly batch: number;
  /** Estimated memory of a training step on a CPU, in bytes. */
  readonly stepBytes: number;
}

/**
 * Computes the cost of a network.
 *
 * @param batch images per step, at least 1
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

/** Computes the cost of an architecture; builds and disposes a network. */
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
