import { BadInput } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
import type { NamedArray } from "../files/safetensors.ts";
import { torchNames } from "./torch_names.ts";

/** Where one of a layer's weights is in a PyTorch state, and how it lies there. */
export interface TorchWeight {
  readonly layer: tf.layers.Layer;
  /** What it is to the layer: `kernel`, `gamma`, `moving_mean`, … */
  readonly part: string;
  /** The name, such as `layer1.0.conv1.weight`. */
  readonly name: string;
  /** The shape there, such as `[out, in, height, width]`. */
  readonly shape: readonly number[];
  /** Brings it from there to the layer's own shape; the caller disposes. */
  readonly convert: (data: Float32Array) => tf.Tensor;
}

/** Names that a message lists before it only counts them. */
const LISTED = 12;

const PARTS: Readonly<Record<string, string>> = {
  kernel: "weight",
  bias: "bias",
  gamma: "weight",
  beta: "bias",
  moving_mean: "running_mean",
  moving_variance: "running_var",
};

/**
 * Every weight of a model by its name in a PyTorch state; where the layer goes
 * by none of its names there, by the likeliest.
 *
 * @param has whether the state has a name
 */
export function torchWeights(
  model: tf.LayersModel,
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
 * Fills a model with the weights of a PyTorch state, in the names of common
 * code (see `torchNames`), with or without the `module.` of data parallelism.
 * Convolutions turn from `[out, in, height, width]` to
 * `[height, width, in, out]`, dense layers from `[out, in]` to `[in, out]`,
 * behind a flattening also from channels first to channels last.
 *
 * @param source the file's name, for messages
 * @throws {BadInput} with names and shapes, unless every weight of the model
 * is there in its shape and nothing is left over but `num_batches_tracked`
 */
export function importWeights(
  model: tf.LayersModel,
  arrays: Readonly<Record<string, NamedArray>>,
  source: string,
): void {
  const state = new Map(
    Object.entries(arrays)
      .map(([name, array]) => [name.replace(/^module\./, ""), array] as const)
      .filter(([name]) => !isCounter(name)),
  );
  const weights = torchWeights(model, (name) => state.has(name));
  checkFit(weights, state, `${source} for ${model.name}`);
  for (const layer of model.layers) {
    const own = weights.filter((weight) => weight.layer === layer);
    tf.tidy(() => {
      const tensors = own.map(({ name, convert }) =>
        convert(state.get(name)!.data)
      );
      layer.setWeights(tensors);
    });
  }
}

/** Whether a name is that of a normalisation's step counter, which is unused. */
export function isCounter(name: string): boolean {
  return name.endsWith(".num_batches_tracked");
}

/** How a weight of ours lies in PyTorch. */
function layoutOf(
  layer: tf.layers.Layer,
  shape: readonly number[],
): Pick<TorchWeight, "shape" | "convert"> {
  const own = [...shape];
  const turned = (there: number[], axes?: number[]) => ({
    shape: there,
    convert: (data: Float32Array) =>
      tf.tidy(() => {
        const tensor = tf.tensor(data, there);
        return axes ? tf.reshape(tf.transpose(tensor, axes), own) : tensor;
      }),
  });
  if (own.length === 4) {
    const [height, width, inputs, outputs] = own;
    return turned([outputs, inputs, height, width], [2, 3, 1, 0]);
  }
  if (own.length === 1) return turned(own);
  const [inputs, outputs] = own;
  const flattened = flattenedShape(layer);
  if (flattened === undefined) return turned([outputs, inputs], [1, 0]);
  const [height, width, channels] = flattened;
  const image = [outputs, channels, height, width];
  const { convert } = turned(image, [2, 3, 1, 0]);
  return { shape: [outputs, inputs], convert };
}

/** `[height, width, channels]` of what was flattened right before a layer. */
function flattenedShape(layer: tf.layers.Layer): number[] | undefined {
  const before = (layer.input as tf.SymbolicTensor).sourceLayer;
  if (before.getClassName() !== "Flatten") return undefined;
  return (before.input as tf.SymbolicTensor).shape.slice(1) as number[];
}

function checkFit(
  weights: readonly TorchWeight[],
  state: ReadonlyMap<string, NamedArray>,
  what: string,
): void {
  const wanted = new Map(weights.map(({ name, shape }) => [name, shape]));
  const text = (shape: readonly number[]) => `[${shape.join(", ")}]`;
  const wrong = [...wanted].flatMap(([name, shape]) => {
    const found = state.get(name)?.shape;
    if (found === undefined) return [`${name} ${text(shape)} is missing`];
    const same = text(found) === text(shape);
    return same ? [] : [`${name} is ${text(found)}, not ${text(shape)}`];
  });
  for (const [name, { shape }] of state) {
    if (!wanted.has(name)) wrong.push(`${name} ${text(shape)} has no place`);
  }
  if (wrong.length === 0) return;
  const more = wrong.length - LISTED;
  throw new BadInput(
    `Cannot take the weights of ${what}: ` +
      wrong.slice(0, LISTED).join("; ") + (more > 0 ? `; ${more} more` : ""),
  );
}
