import { tf } from "../engine/engine.ts";
import { batchNormalization } from "./fused_batch_norm.ts";
import { chain, convolution, stridedConvolution } from "./network.ts";
import { StochasticDepth } from "./stochastic_depth.ts";

/** Options of a residual block. */
export interface BlockOptions {
  readonly filters: number;
  readonly strides: number;
  /** Probability in (0, 1] that a training step keeps the residual. */
  readonly survival: number;
}

/** Output channels of a bottleneck block, as a multiple of its filters. */
const EXPANSION = 4;

/** Two 3x3 convolutions around a shortcut (He et al. 2016, figure 2). */
export function basicBlock(
  name: string,
  x: tf.SymbolicTensor,
  options: BlockOptions,
): tf.SymbolicTensor {
  const { filters, strides } = options;
  const residual = chain(
    x,
    ...stridedConvolution(`${name}_conv1`, filters, strides),
    batchNormalization(`${name}_bn1`),
    tf.layers.reLU({ name: `${name}_relu1` }),
    convolution(`${name}_conv2`, { filters, kernelSize: 3 }),
    batchNormalization(`${name}_bn2`),
  );
  const sum = join(name, { x, residual }, options);
  return chain(sum, tf.layers.reLU({ name: `${name}_relu2` }));
}

/**
 * Convolutions of 1x1, 3x3 and 1x1, the last with four times the filters, around a
 * shortcut (He et al. 2016, figure 5). The 3x3 convolution has the stride, as in
 * PyTorch; in the paper the first 1x1 has it.
 */
export function bottleneckBlock(
  name: string,
  x: tf.SymbolicTensor,
  options: BlockOptions,
): tf.SymbolicTensor {
  const { filters, strides } = options;
  const wide = EXPANSION * filters;
  const residual = chain(
    x,
    convolution(`${name}_conv1`, { filters, kernelSize: 1 }),
    batchNormalization(`${name}_bn1`),
    tf.layers.reLU({ name: `${name}_relu1` }),
    ...stridedConvolution(`${name}_conv2`, filters, strides),
    batchNormalization(`${name}_bn2`),
    tf.layers.reLU({ name: `${name}_relu2` }),
    convolution(`${name}_conv3`, { filters: wide, kernelSize: 1 }),
    batchNormalization(`${name}_bn3`),
  );
  const sum = join(name, { x, residual }, { ...options, filters: wide });
  return chain(sum, tf.layers.reLU({ name: `${name}_relu3` }));
}

/** Adds the residual to its input, which is projected if the shape changes. */
function join(
  name: string,
  { x, residual }: Readonly<Record<"x" | "residual", tf.SymbolicTensor>>,
  { filters, strides, survival }: BlockOptions,
): tf.SymbolicTensor {
  const shortcut = strides === 1 && x.shape[3] === filters ? x : chain(
    x,
    convolution(`${name}_projection`, { filters, kernelSize: 1, strides }),
    batchNormalization(`${name}_projection_bn`),
  );
  const kept = survival === 1
    ? residual
    : chain(residual, new StochasticDepth({ name: `${name}_depth`, survival }));
  return tf.layers.add({ name: `${name}_add` })
    .apply([kept, shortcut]) as tf.SymbolicTensor;
}
