import { BadInput } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
import type { LayersModel } from "../engine/tensor_types.ts";

/**
 * The part of a network before its last dense layer, as a model of its own: from
 * images `[batch, height, width, channels]` to the penultimate features `[batch,
 * features]`, of which the last layer computes the logits by a matrix and a bias.
 *
 * @param model a network that ends in a dense layer, as all of this project do
 * @returns a model with the layers of `model`: dispose of `model` only
 * @throws {BadInput} if the last layer is not dense
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { buildModel, penultimateModel } from "@ils/label-smoothing/models";
 * const size = { height: 2, width: 2, channels: 1, classes: 3 };
 * const model = buildModel("mlp", { ...size, random: null });
 * deepStrictEqual(penultimateModel(model).outputShape, [null, 128]);
 * model.dispose();
 * ```
 */
export function penultimateModel(model: LayersModel): LayersModel {
  const last = model.outputs[0].sourceLayer;
  if (last.getClassName() !== "Dense") {
    throw new BadInput(
      `Cannot find the penultimate features of ${model.name}: its last layer ` +
        `must be Dense, but is ${last.getClassName()}`,
    );
  }
  return tf.model({
    name: `${model.name}-features`,
    inputs: model.inputs,
    outputs: last.input as tf.SymbolicTensor,
  });
}
