import { tf } from "../engine.ts";
import { batchNormalization } from "./fused_batch_norm.ts";
import { initialise } from "./initialise.ts";
import {
  chain,
  convolution,
  dense,
  imageInput,
  type NetworkOptions,
} from "./network.ts";

interface Stage {
  readonly filters: number;
  readonly blocks: number;
}

/**
 * ResNet-8 for small images: three stages of one basic block with 16, 32 and
 * 64 filters (He et al. 2016, section 4.2, with n = 1 and projections where
 * the shape changes).
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function resnet8(options: NetworkOptions): tf.LayersModel {
  return residualNetwork("resnet8", smallStages(1), options);
}

/** ResNet-20 for small images: as `resnet8`, with three blocks a stage. */
export function resnet20(options: NetworkOptions): tf.LayersModel {
  return residualNetwork("resnet20", smallStages(3), options);
}

/**
 * ResNet-18 with the stem for small images, a 3x3 convolution without pooling,
 * and stages of two basic blocks with 64, 128, 256 and 512 filters.
 */
export function resnet18(options: NetworkOptions): tf.LayersModel {
  const stages = [64, 128, 256, 512].map((filters) => ({ filters, blocks: 2 }));
  return residualNetwork("resnet18", stages, options);
}

function smallStages(blocks: number): Stage[] {
  return [16, 32, 64].map((filters) => ({ filters, blocks }));
}

function residualNetwork(
  name: string,
  stages: readonly Stage[],
  options: NetworkOptions,
): tf.LayersModel {
  const images = imageInput(options);
  let x = chain(
    images,
    convolution("conv1", { filters: stages[0].filters, kernelSize: 3 }),
    batchNormalization("bn1"),
    tf.layers.reLU({ name: "relu1" }),
  );
  stages.forEach(({ filters, blocks }, s) => {
    for (let b = 0; b < blocks; b++) {
      const strides = s > 0 && b === 0 ? 2 : 1;
      x = basicBlock(`stage${s + 1}_block${b + 1}`, x, { filters, strides });
    }
  });
  const logits = chain(
    x,
    tf.layers.globalAveragePooling2d({ name: "pool" }),
    dense("logits", options.classes),
  );
  const model = tf.model({ name, inputs: images, outputs: logits });
  initialise(model, options.random);
  return model;
}

/** Two 3x3 convolutions around a shortcut (He et al. 2016, figure 2). */
function basicBlock(
  name: string,
  x: tf.SymbolicTensor,
  { filters, strides }: { filters: number; strides: number },
): tf.SymbolicTensor {
  const residual = chain(
    x,
    ...stridedConvolution(`${name}_conv1`, filters, strides),
    batchNormalization(`${name}_bn1`),
    tf.layers.reLU({ name: `${name}_relu1` }),
    convolution(`${name}_conv2`, { filters, kernelSize: 3 }),
    batchNormalization(`${name}_bn2`),
  );
  const shortcut = strides === 1 && x.shape[3] === filters ? x : chain(
    x,
    convolution(`${name}_projection`, { filters, kernelSize: 1, strides }),
    batchNormalization(`${name}_projection_bn`),
  );
  const sum = tf.layers.add({ name: `${name}_add` })
    .apply([residual, shortcut]) as tf.SymbolicTensor;
  return chain(sum, tf.layers.reLU({ name: `${name}_relu2` }));
}

/**
 * A 3x3 convolution padded by 1 on every side. TensorFlow's `same` pads a
 * stride of 2 on one side only, so that one pads first.
 */
function stridedConvolution(
  name: string,
  filters: number,
  strides: number,
): tf.layers.Layer[] {
  if (strides === 1) return [convolution(name, { filters, kernelSize: 3 })];
  return [
    tf.layers.zeroPadding2d({ name: `${name}_pad`, padding: 1 }),
    convolution(name, { filters, kernelSize: 3, strides, padding: "valid" }),
  ];
}
