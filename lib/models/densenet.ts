import { tf } from "../engine/engine.ts";
import { batchNormalization } from "./fused_batch_norm.ts";
import { initialise } from "./initialise.ts";
import {
  chain,
  convolution,
  dense,
  imageInput,
  type NetworkOptions,
} from "./network.ts";

/** Size of a densely connected network. */
export interface DenseDesign {
  /** Number of feature maps that each layer adds. */
  readonly growth: number;
  /** Number of filters of the 3x3 stem, which has no stride or pooling. */
  readonly stem: number;
  /** Number of layers of each dense block. */
  readonly blocks: readonly number[];
}

/** Filters of the 1x1 convolution before each 3x3 one, as a multiple of the growth. */
const BOTTLENECK = 4;

/** Fraction of feature maps that a transition keeps. */
const COMPRESSION = 0.5;

/** DenseNet-BC-40 with a growth of 12: three blocks of six layers. */
export function densenet40(options: NetworkOptions): tf.LayersModel {
  const design = { growth: 12, stem: 24, blocks: [6, 6, 6] };
  return denseNetwork("densenet40", design, options);
}

/** DenseNet-161 with a growth of 48 and the stem for small images. */
export function densenet161(options: NetworkOptions): tf.LayersModel {
  const design = { growth: 48, stem: 96, blocks: [6, 12, 36, 24] };
  return denseNetwork("densenet161", design, options);
}

/**
 * A densely connected network with bottlenecks and compression, DenseNet-BC
 * (Huang et al. 2017, section 3). The stem is a single 3x3 convolution.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function denseNetwork(
  name: string,
  { growth, stem, blocks }: DenseDesign,
  options: NetworkOptions,
): tf.LayersModel {
  const images = imageInput(options);
  let x = chain(
    images,
    convolution("conv1", { filters: stem, kernelSize: 3 }),
  );
  blocks.forEach((layers, b) => {
    if (b > 0) x = transition(`transition${b}`, x);
    for (let i = 0; i < layers; i++) {
      x = denseLayer(`block${b + 1}_layer${i + 1}`, x, growth);
    }
  });
  const logits = chain(
    x,
    ...activation("bn_last"),
    tf.layers.globalAveragePooling2d({ name: "pool" }),
    dense("logits", options.classes),
  );
  const model = tf.model({ name, inputs: images, outputs: logits });
  initialise(model, options.random);
  return model;
}

/** Appends `growth` feature maps to the input. */
function denseLayer(
  name: string,
  x: tf.SymbolicTensor,
  growth: number,
): tf.SymbolicTensor {
  const filters = BOTTLENECK * growth;
  const added = chain(
    x,
    ...activation(`${name}_bn1`),
    convolution(`${name}_conv1`, { filters, kernelSize: 1 }),
    ...activation(`${name}_bn2`),
    convolution(`${name}_conv2`, { filters: growth, kernelSize: 3 }),
  );
  return tf.layers.concatenate({ name: `${name}_concat` })
    .apply([x, added]) as tf.SymbolicTensor;
}

/** Reduces the number of feature maps and halves their size between two blocks. */
function transition(name: string, x: tf.SymbolicTensor): tf.SymbolicTensor {
  const filters = Math.floor(COMPRESSION * x.shape[3]!);
  return chain(
    x,
    ...activation(`${name}_bn`),
    convolution(`${name}_conv`, { filters, kernelSize: 1 }),
    tf.layers.averagePooling2d({ name: `${name}_pool`, poolSize: 2 }),
  );
}

function activation(name: string): tf.layers.Layer[] {
  const relu = name.replace("bn", "relu");
  return [batchNormalization(name), tf.layers.reLU({ name: relu })];
}
