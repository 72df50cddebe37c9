import type { tf } from "../engine/engine.ts";
import { countTrainable } from "../models/layer_records.ts";

/** What a process holds that has loaded the engine and done a small step. */
const ENGINE_BYTES = 400e6;

const FLOAT_BYTES = 4;

/**
 * About how many bytes a process holds at most in a step of training on a CPU:
 * `4e8 + 4 (3 weights + 2 batch activations)`, for weights, gradients and
 * momentum, and the output of each layer with its gradient.
 *
 * The first number and the factor of 2 are what was measured, see
 * docs/models.md; the estimate stays within a fifth of it.
 *
 * @param batch images a step, at least 1
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
