import type { tf } from "../engine/engine.ts";

/**
 * The variables that hold the values of weights, such as `model.trainableWeights`.
 * They belong to the model.
 */
export function variablesOf(
  weights: readonly tf.LayerVariable[],
): tf.Variable[] {
  // The type of `read()` is that of any tensor.
  return weights.map((weight) => weight.read() as tf.Variable);
}
