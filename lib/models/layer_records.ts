import type { Layer, LayersModel } from "../engine/tensor_types.ts";

/** One layer of a network, as a row of a table. */
export interface LayerRecord {
  /** Name of the layer, such as `conv1`. */
  readonly layer: string;
  /** TensorFlow.js class of the layer, such as `Conv2D`. */
  readonly kind: string;
  /** Shape of its output without the batch, such as `28 × 28 × 32`. */
  readonly output: string;
  /** Number of trainable weights. */
  readonly parameters: number;
}

/**
 * The layers of a network in order, for a table.
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { buildModel, layerRecords } from "@ils/label-smoothing/models";
 * const size = { height: 2, width: 2, channels: 1, classes: 3 };
 * const model = buildModel("mlp", { ...size, random: null });
 * deepStrictEqual(layerRecords(model).at(-1), {
 *   layer: "logits",
 *   kind: "Dense",
 *   output: "3",
 *   parameters: 128 * 3 + 3,
 * });
 * model.dispose();
 * ```
 */
export function layerRecords(model: LayersModel): LayerRecord[] {
  return model.layers.map((layer) => ({
    layer: layer.name,
    kind: layer.getClassName(),
    output: (layer.outputShape as number[]).slice(1).join(" × "),
    parameters: countTrainable(layer),
  }));
}

/**
 * The number of trainable weights of a network or a layer.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { buildModel, countTrainable } from "@ils/label-smoothing/models";
 * const size = { height: 2, width: 2, channels: 1, classes: 3 };
 * const model = buildModel("mlp", { ...size, random: null });
 * // Kernels and biases of 4 pixels, 256 and 128 units, and 3 classes.
 * strictEqual(
 *   countTrainable(model),
 *   (4 + 1) * 256 + (256 + 1) * 128 + (128 + 1) * 3,
 * );
 * model.dispose();
 * ```
 */
export function countTrainable(
  layer: Pick<Layer, "trainableWeights">,
): number {
  return layer.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((n, d) => n * d!, 1),
    0,
  );
}
