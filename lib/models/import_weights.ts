import { BadInput } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
import type { Layer, LayersModel, Tensor } from "../engine/tensor_types.ts";
import type { NamedArray } from "../files/safetensors.ts";
import { commonPrefixes } from "./common_prefix.ts";
import { torchNames } from "./torch_names.ts";

/** Name and layout of one of a layer's weights in a PyTorch state dict. */
export interface TorchWeight {
  /** The layer that owns the weight. */
  readonly layer: Layer;
  /** Role in the layer: `kernel`, `gamma`, `moving_mean`, … */
  readonly part: string;
  /** Name in the state dict, such as `layer1.0.conv1.weight`. */
  readonly name: string;
  /** Shape in the state dict, such as `[out, in, height, width]`. */
  readonly shape: readonly number[];
  /** Converts the data to a tensor of the layer's shape; the caller disposes it. */
  readonly convert: (data: Float32Array) => Tensor;
}

/** Number of mismatches that a message lists in full. */
const LISTED = 12;
/** Of these, weights of the model that are missing or have another shape. */
const LISTED_WRONG = 8;

const PARTS: Readonly<Record<string, string>> = {
  kernel: "weight",
  bias: "bias",
  gamma: "weight",
  beta: "bias",
  moving_mean: "running_mean",
  moving_variance: "running_var",
};

/**
 * Every weight of a model with its name in a PyTorch state dict. If the state dict
 * has none of a layer's possible names, the most likely one is used.
 *
 * @param has whether the state dict has a name
 * @returns weights in the order of the model's layers
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { buildModel, torchWeights } from "@ils/label-smoothing/models";
 * const size = { height: 2, width: 2, channels: 1, classes: 3 };
 * const model = buildModel("mlp", { ...size, random: null });
 * const weights = torchWeights(model, (name) => name === "fc3.weight");
 * deepStrictEqual(
 *   weights.filter(({ part }) => part === "kernel").map(({ name }) => name),
 *   ["fc1.weight", "fc2.weight", "fc3.weight"],
 * );
 * model.dispose();
 * ```
 */
export function torchWeights(
  model: LayersModel,
  has: (name: string) => boolean,
): TorchWeight[] {
  return model.layers.flatMap((layer) => {
    const names = torchNames(layer.name);
    const prefix = names.find((name) => has(`${name}.weight`)) ?? names[0];
    return layer.weights.map((weight) => {
      const part = weight.originalName.split("/").at(-1)!;
      const name = `${prefix}.${PARTS[part]}`;
      return {
        layer,
        part,
        name,
        ...layoutOf(layer, weight.shape as number[]),
      };
    });
  });
}

/**
 * Sets a model's weights from a PyTorch state dict. Layer names of common PyTorch
 * implementations are recognised (see `torchNames`). Prefixes of wrappers that all
 * names have in common, such as `module.` and `_orig_mod.`, are removed if the rest
 * fits. Convolution kernels are transposed from `[out, in, height, width]` to
 * `[height, width, in, out]` and dense kernels from `[out, in]` to `[in, out]`; after
 * a flatten layer also from channels first to channels last.
 *
 * @param arrays the state dict; counters of steps are ignored
 * @param source file name, for messages
 * @returns the prefix that was removed from all names; empty if none was
 * @throws {BadInput} listing names and shapes, if a weight is missing, has another
 * shape or does not belong to the model; the model is then unchanged
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import {
 *   buildModel,
 *   importWeights,
 *   torchWeights,
 * } from "@ils/label-smoothing/models";
 * const size = { height: 2, width: 2, channels: 1, classes: 3 };
 * const model = buildModel("mlp", { ...size, random: null });
 * const ones = Object.fromEntries(
 *   torchWeights(model, () => false).map(({ name, shape }) => {
 *     const length = shape.reduce((product, size) => product * size, 1);
 *     return [name, { shape, data: new Float32Array(length).fill(1) }];
 *   }),
 * );
 * importWeights(model, ones, "ones.safetensors");
 * strictEqual(model.getWeights()[0].dataSync()[0], 1);
 * model.dispose();
 * ```
 */
export function importWeights(
  model: LayersModel,
  arrays: Readonly<Record<string, NamedArray>>,
  source: string,
): string {
  const entries = Object.entries(arrays).filter(([name]) => !isCounter(name));
  const prefixes = commonPrefixes(entries.map(([name]) => name));
  const fits = prefixes.map((prefix) => fitWithout(prefix, entries, model));
  const [{ prefix, state, weights, mismatches }] = fits.sort((a, b) =>
    a.mismatches.length - b.mismatches.length
  );
  if (mismatches.length > 0) {
    throw new BadInput(
      `Cannot import weights from ${source} into ${described(model)}: ` +
        listed(mismatches),
    );
  }
  for (const layer of model.layers) {
    const ofLayer = weights.filter((weight) => weight.layer === layer);
    tf.tidy(() => {
      const tensors = ofLayer.map(({ name, convert }) =>
        convert(state.get(name)!.data)
      );
      layer.setWeights(tensors);
    });
  }
  return prefix;
}

/**
 * Whether a name is that of a counter, which is unused: the batches that batch
 * normalisation has seen, or the weights in an average.
 */
export function isCounter(name: string): boolean {
  return /(^|\.)(num_batches_tracked|n_averaged)$/.test(name);
}

/** The weights of a model, and how a state dict without a prefix differs from them. */
function fitWithout(
  prefix: string,
  entries: readonly (readonly [string, NamedArray])[],
  model: LayersModel,
) {
  const state = new Map(
    entries.map(([name, array]) => [name.slice(prefix.length), array] as const),
  );
  const weights = torchWeights(model, (name) => state.has(name));
  return { prefix, state, weights, mismatches: mismatchesOf(weights, state) };
}

/** The layout in PyTorch of a layer's weight of shape `shape`. */
function layoutOf(
  layer: Layer,
  shape: readonly number[],
): Pick<TorchWeight, "shape" | "convert"> {
  const layerShape = [...shape];
  const transposed = (torchShape: number[], axes?: number[]) => ({
    shape: torchShape,
    convert: (data: Float32Array) =>
      tf.tidy(() => {
        const tensor = tf.tensor(data, torchShape);
        if (axes === undefined) return tensor;
        return tf.reshape(tf.transpose(tensor, axes), layerShape);
      }),
  });
  if (layerShape.length === 4) {
    const [height, width, inputs, outputs] = layerShape;
    return transposed([outputs, inputs, height, width], [2, 3, 1, 0]);
  }
  if (layerShape.length === 1) return transposed(layerShape);
  const [inputs, outputs] = layerShape;
  const flattened = flattenedShape(layer);
  if (flattened === undefined) return transposed([outputs, inputs], [1, 0]);
  const [height, width, channels] = flattened;
  const image = [outputs, channels, height, width];
  const { convert } = transposed(image, [2, 3, 1, 0]);
  return { shape: [outputs, inputs], convert };
}

/** `[height, width, channels]` of the input of a flatten layer right before. */
function flattenedShape(layer: Layer): number[] | undefined {
  const before = (layer.input as tf.SymbolicTensor).sourceLayer;
  if (before.getClassName() !== "Flatten") return undefined;
  return (before.input as tf.SymbolicTensor).shape.slice(1) as number[];
}

/** A model's name with the images and classes that it is for. */
function described({ name, inputs, outputs }: LayersModel): string {
  const [[, ...image], [, classes]] = [inputs[0].shape, outputs[0].shape];
  return `${name} for images of ${image.join(" x ")} and ${classes} classes`;
}

/** What is missing, has another shape, or is left over, in a few words each. */
function mismatchesOf(
  weights: readonly TorchWeight[],
  state: ReadonlyMap<string, NamedArray>,
): string[] {
  const expected = new Map(weights.map(({ name, shape }) => [name, shape]));
  const text = (shape: readonly number[]) => `[${shape.join(", ")}]`;
  const wrong = [...expected].flatMap(([name, shape]) => {
    const found = state.get(name)?.shape;
    if (found === undefined) return [`${name} ${text(shape)} is missing`];
    const same = text(found) === text(shape);
    return same ? [] : [`${name} is ${text(found)} but must be ${text(shape)}`];
  });
  const left = [...state].filter(([name]) => !expected.has(name))
    .map(([name, { shape }]) => `${name} ${text(shape)} is not in the model`);
  // Names on both sides tell most, so the first of them come first.
  const first = Math.max(LISTED - left.length, LISTED_WRONG);
  return [...wrong.slice(0, first), ...left, ...wrong.slice(first)];
}

function listed(mismatches: readonly string[]): string {
  const more = mismatches.length - LISTED;
  return mismatches.slice(0, LISTED).join("; ") +
    (more > 0 ? `; ${more} more` : "");
}
