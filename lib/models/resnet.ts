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
import { basicBlock, bottleneckBlock } from "./residual_block.ts";

/** Blocks of one resolution. Every stage but the first starts by halving it. */
export interface Stage {
  readonly filters: number;
  readonly blocks: number;
}

/** Size and kind of a residual network. */
export interface ResidualDesign {
  readonly block: "basic" | "bottleneck";
  /** Number of filters of the 3x3 stem, which has no stride or pooling. */
  readonly stem: number;
  readonly stages: readonly Stage[];
  /**
   * Probability in (0, 1] that a training step keeps the last block (stochastic
   * depth). Block l of L survives with probability `1 - l / L (1 - lastSurvival)`
   * (Huang et al. 2016, equation 4). By default every block is kept.
   */
  readonly lastSurvival?: number;
}

type Build = (options: NetworkOptions) => tf.LayersModel;

/**
 * ResNet-8 for small images: three stages of one basic block with 16, 32 and
 * 64 filters (He et al. 2016, section 4.2, with n = 1 and projections if the
 * shape changes).
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export const resnet8: Build = smallNetwork("resnet8", 1);

/** ResNet-20 for small images: as `resnet8`, with three blocks per stage. */
export const resnet20: Build = smallNetwork("resnet20", 3);

/** ResNet-110 for small images: as `resnet8`, with 18 blocks per stage. */
export const resnet110: Build = smallNetwork("resnet110", 18);

/** As `resnet110`, with stochastic depth down to a survival of 0.5. */
export const resnet110Sd: Build = smallNetwork("resnet110-sd", 18, 0.5);

/**
 * The 152-layer network of Huang et al. 2016 (section 4, SVHN): as `resnet8`
 * with 25 blocks per stage and stochastic depth down to a survival of 0.5.
 */
export const resnet152Sd: Build = smallNetwork("resnet152-sd", 25, 0.5);

/**
 * ResNet-18 with a stem for small images (a 3x3 convolution without pooling) and
 * stages of two basic blocks with 64, 128, 256 and 512 filters.
 */
export const resnet18: Build = largeNetwork("resnet18", "basic", [2, 2, 2, 2]);

/** ResNet-50 with the stem of `resnet18` and 3, 4, 6, 3 bottleneck blocks. */
export const resnet50: Build = largeNetwork(
  "resnet50",
  "bottleneck",
  [3, 4, 6, 3],
);

/** ResNet-152 with the stem of `resnet18` and 3, 8, 36, 3 bottleneck blocks. */
export const resnet152: Build = largeNetwork(
  "resnet152",
  "bottleneck",
  [3, 8, 36, 3],
);

function smallNetwork(name: string, blocks: number, lastSurvival = 1): Build {
  const stages = [16, 32, 64].map((filters) => ({ filters, blocks }));
  const design = { block: "basic", stem: 16, stages, lastSurvival } as const;
  return (options) => residualNetwork(name, design, options);
}

function largeNetwork(
  name: string,
  block: ResidualDesign["block"],
  blocks: readonly number[],
): Build {
  const stages = blocks.map((blocks, s) => ({ filters: 64 * 2 ** s, blocks }));
  return (options) =>
    residualNetwork(name, { block, stem: 64, stages }, options);
}

/**
 * A residual network for small images (He et al. 2016): a 3x3 convolution, stages
 * of blocks with projections if the shape changes, global average pooling and a
 * dense layer.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function residualNetwork(
  name: string,
  { block, stem, stages, lastSurvival = 1 }: ResidualDesign,
  options: NetworkOptions,
): tf.LayersModel {
  const images = imageInput(options);
  const addBlock = block === "basic" ? basicBlock : bottleneckBlock;
  const total = stages.reduce((sum, { blocks }) => sum + blocks, 0);
  let done = 0;
  let x = chain(
    images,
    convolution("conv1", { filters: stem, kernelSize: 3 }),
    batchNormalization("bn1"),
    tf.layers.reLU({ name: "relu1" }),
  );
  stages.forEach(({ filters, blocks }, s) => {
    for (let b = 0; b < blocks; b++) {
      const strides = s > 0 && b === 0 ? 2 : 1;
      const survival = 1 - ++done / total * (1 - lastSurvival);
      const shape = { filters, strides, survival };
      x = addBlock(`stage${s + 1}_block${b + 1}`, x, shape);
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
