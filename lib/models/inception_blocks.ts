import { tf } from "../engine/engine.ts";
import { batchNormalization } from "./fused_batch_norm.ts";
import { chain, convolution } from "./network.ts";

type Tensor = tf.SymbolicTensor;
type Kernel = number | [height: number, width: number];

/** A convolution with normalisation and ReLU; with stride 2 it has no padding. */
type Unit = readonly [filters: number, kernel: Kernel, strides?: 1 | 2];

/** A named part of the network, from feature maps to feature maps. */
type Block = (name: string, x: Tensor) => Tensor;

/** The building blocks of Inception-v4. */
export interface InceptionBlocks {
  readonly stem: Block;
  readonly a: Block;
  readonly reductionA: Block;
  readonly b: Block;
  readonly reductionB: Block;
  readonly c: Block;
}

/**
 * The building blocks of Inception-v4 (Szegedy et al. 2017, figures 3 to 8), with
 * 1x7 and 7x1 convolutions in the order of the authors' code. The paper's stem
 * halves its images three times; for small images this one keeps their size.
 *
 * @param width multiplier of all numbers of filters; 1 is the paper's network
 */
export function inceptionBlocks(width: number): InceptionBlocks {
  const units = (name: string, x: Tensor, list: readonly Unit[]) =>
    chain(x, ...list.flatMap((unit, i) => layersOf(`${name}${i + 1}`, unit)));
  const layersOf = (name: string, [filters, kernelSize, strides = 1]: Unit) => [
    convolution(`${name}_conv`, {
      filters: filters * width,
      kernelSize,
      strides,
      padding: strides === 1 ? "same" : "valid",
    }),
    batchNormalization(`${name}_bn`),
    tf.layers.reLU({ name: `${name}_relu` }),
  ];
  return {
    stem: (name, x) => {
      const first = units(`${name}_in`, x, [[32, 3], [32, 3], [64, 3]]);
      const second = join(`${name}_join1`, [
        maxPool(`${name}_pool1`, first, 1),
        units(`${name}_first`, first, [[96, 3]]),
      ]);
      const third = join(`${name}_join2`, [
        units(`${name}_short`, second, [[64, 1], [96, 3]]),
        units(`${name}_long`, second, [
          ...[[64, 1], [64, [1, 7]], [64, [7, 1]]] satisfies Unit[],
          [96, 3],
        ]),
      ]);
      return join(`${name}_join3`, [
        units(`${name}_last`, third, [[192, 3]]),
        maxPool(`${name}_pool2`, third, 1),
      ]);
    },
    a: (name, x) =>
      join(`${name}_join`, [
        units(`${name}_one`, x, [[96, 1]]),
        units(`${name}_short`, x, [[64, 1], [96, 3]]),
        units(`${name}_long`, x, [[64, 1], [96, 3], [96, 3]]),
        units(`${name}_pooled`, averagePool(name, x), [[96, 1]]),
      ]),
    reductionA: (name, x) =>
      join(`${name}_join`, [
        units(`${name}_short`, x, [[384, 3, 2]]),
        units(`${name}_long`, x, [[192, 1], [224, 3], [256, 3, 2]]),
        maxPool(`${name}_pool`, x, 2),
      ]),
    b: (name, x) =>
      join(`${name}_join`, [
        units(`${name}_one`, x, [[384, 1]]),
        units(`${name}_short`, x, [[192, 1], [224, [1, 7]], [256, [7, 1]]]),
        units(`${name}_long`, x, [
          ...[[192, 1], [192, [7, 1]], [224, [1, 7]]] satisfies Unit[],
          ...[[224, [7, 1]], [256, [1, 7]]] satisfies Unit[],
        ]),
        units(`${name}_pooled`, averagePool(name, x), [[128, 1]]),
      ]),
    reductionB: (name, x) =>
      join(`${name}_join`, [
        units(`${name}_short`, x, [[192, 1], [192, 3, 2]]),
        units(`${name}_long`, x, [
          ...[[256, 1], [256, [1, 7]], [320, [7, 1]]] satisfies Unit[],
          [320, 3, 2],
        ]),
        maxPool(`${name}_pool`, x, 2),
      ]),
    c: (name, x) => {
      const short = units(`${name}_short`, x, [[384, 1]]);
      const long = units(`${name}_long`, x, [
        ...[[384, 1], [448, [3, 1]], [512, [1, 3]]] satisfies Unit[],
      ]);
      return join(`${name}_join`, [
        units(`${name}_one`, x, [[256, 1]]),
        units(`${name}_short_wide`, short, [[256, [1, 3]]]),
        units(`${name}_short_tall`, short, [[256, [3, 1]]]),
        units(`${name}_long_wide`, long, [[256, [1, 3]]]),
        units(`${name}_long_tall`, long, [[256, [3, 1]]]),
        units(`${name}_pooled`, averagePool(name, x), [[256, 1]]),
      ]);
    },
  };
}

function join(name: string, branches: Tensor[]): Tensor {
  return tf.layers.concatenate({ name }).apply(branches) as Tensor;
}

function maxPool(name: string, x: Tensor, strides: 1 | 2): Tensor {
  const padding = strides === 1 ? "same" : "valid";
  return chain(
    x,
    tf.layers.maxPooling2d({ name, poolSize: 3, strides, padding }),
  );
}

/** The mean over 3x3 pixels; at the border, over those inside the image. */
function averagePool(block: string, x: Tensor): Tensor {
  const name = `${block}_pool`;
  const size = { poolSize: 3, strides: 1, padding: "same" } as const;
  return chain(x, tf.layers.averagePooling2d({ name, ...size }));
}
