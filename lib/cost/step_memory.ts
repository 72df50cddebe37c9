import type { tf } from "../engine/engine.ts";
import { countTrainable } from "../models/layer_records.ts";

/** Memory of a process that has loaded the engine and taken a small step. */
const ENGINE_BYTES = 440e6;

const FLOAT_BYTES = 4;

/**
 * Estimates the peak memory, in bytes, of a process that trains on a CPU:
 * `4.4e8 + 4 (7 weights + 0.75 batch activations)`, where weights stands for weights,
 * momentum and gradients, in the model and in the graph, and activations for the
 * output of each layer; the graph reuses the memory of a quarter of them.
 *
 * The numbers were fitted to measurements (docs/models.md), from which the estimate
 * differs by at most a fifth.
 *
 * @param batch images per step, at least 1
 */
export function estimateStepMemory(
  model: tf.LayersModel,
  batch: number,
): number {
  const activations = model.layers.reduce(
    (sum, { outputShape }) =>
      sum + (outputShape as number[]).slice(1).reduce((a, b) => a * b, 1),
    0,
  );
  const floats = 7 * countTrainable(model) + 0.75 * batch * activations;
  return ENGINE_BYTES + FLOAT_BYTES * floats;
}
