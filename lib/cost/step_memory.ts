import type { tf } from "../engine/engine.ts";
import { countTrainable } from "../models/layer_records.ts";

/** Memory of a process that has loaded the engine and taken a small step. */
const ENGINE_BYTES = 400e6;

const FLOAT_BYTES = 4;

/**
 * Estimates the peak memory, in bytes, of a process that trains on a CPU:
 * `4e8 + 4 (3 weights + 2 batch activations)`, for weights, gradients and
 * momentum, and for the output of each layer with its gradient.
 *
 * The constant and the factor of 2 were fitted to measurements (docs/models.md),
 * from which the estimate differs by at most a fifth.
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
  const floats = 3 * countTrainable(model) + 2 * batch * activations;
  return ENGINE_BYTES + FLOAT_BYTES * floats;
}
