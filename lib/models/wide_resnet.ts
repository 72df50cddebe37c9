import { tf } from "../engine/engine.ts";
import { batchNormalization } from "./fused_batch_norm.ts";
import { initialise } from "./initialise.ts";
import {
  chain,
  convolution,
  dense,
  imageInput,
  type NetworkOptions,
  stridedConvolution,
} from "./network.ts";

/** Size of a wide residual network. */
export interface WideDesign {
  /** Number of layers: 6 times the blocks per stage, plus 4. */
  readonly depth: number;
  /** Multiplier of the 16, 32 and 64 filters. */
  readonly widen: number;
}

/** WRN-34-10: five blocks per stage with 160, 320 and 640 filters, no dropout. */
export function wrn34x10(options: NetworkOptions): tf.LayersModel {
  return wideNetwork("wrn34-10", { depth: 34, widen: 10 }, options);
}

/**
 * A wide residual network (Zagoruyko and Komodakis 2016), with normalisation and
 * ReLU before each 3x3 convolution. If a block changes the shape, its shortcut is
 * a 1x1 convolution of the normalised and rectified input.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function wideNetwork(
  name: string,
  { depth, widen }: WideDesign,
  options: NetworkOptions,
): tf.LayersModel {
  const images = imageInput(options);
  let x = chain(images, convolution("conv1", { filters: 16, kernelSize: 3 }));
  for (let s = 0; s < 3; s++) {
    for (let b = 0; b < (depth - 4) / 6; b++) {
      const strides = s > 0 && b === 0 ? 2 : 1;
      const filters = 16 * 2 ** s * widen;
      x = wideBlock(`stage${s + 1}_block${b + 1}`, x, { filters, strides });
    }
  }
  const logits = chain(
    x,
    batchNormalization("bn_last"),
    tf.layers.reLU({ name: "relu_last" }),
    tf.layers.globalAveragePooling2d({ name: "pool" }),
    dense("logits", options.classes),
  );
  const model = tf.model({ name, inputs: images, outputs: logits });
  initialise(model, options.random);
  return model;
}

/** Two 3x3 convolutions, each preceded by normalisation, around a shortcut. */
function wideBlock(
  name: string,
  x: tf.SymbolicTensor,
  { filters, strides }: { filters: number; strides: number },
): tf.SymbolicTensor {
  const active = chain(
    x,
    batchNormalization(`${name}_bn1`),
    tf.layers.reLU({ name: `${name}_relu1` }),
  );
  const residual = chain(
    active,
    ...stridedConvolution(`${name}_conv1`, filters, strides),
    batchNormalization(`${name}_bn2`),
    tf.layers.reLU({ name: `${name}_relu2` }),
    convolution(`${name}_conv2`, { filters, kernelSize: 3 }),
  );
  const shortcut = strides === 1 && x.shape[3] === filters ? x : chain(
    active,
    convolution(`${name}_projection`, { filters, kernelSize: 1, strides }),
  );
  return tf.layers.add({ name: `${name}_add` })
    .apply([residual, shortcut]) as tf.SymbolicTensor;
}
