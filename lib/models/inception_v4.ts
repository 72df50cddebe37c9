import { tf } from "../engine/engine.ts";
import { inceptionBlocks } from "./inception_blocks.ts";
import { initialise } from "./initialise.ts";
import { chain, dense, imageInput, type NetworkOptions } from "./network.ts";
import { SeededDropout } from "./seeded_dropout.ts";

/** Size of an Inception-v4 network. */
export interface InceptionDesign {
  /** Number of blocks of kinds A, B and C. */
  readonly blocks: readonly [a: number, b: number, c: number];
  /** Multiplier of all numbers of filters. */
  readonly width: number;
  /** Dropout rate before the logits, in [0, 1). */
  readonly dropout: number;
}

/** Inception-v4: 4, 7 and 3 blocks, dropout of 0.2. */
export function inceptionV4(options: NetworkOptions): tf.LayersModel {
  const design = { blocks: [4, 7, 3], width: 1, dropout: 0.2 } as const;
  return inceptionNetwork("inceptionv4", design, options);
}

/**
 * Inception-v4 (Szegedy et al. 2017, figure 9) for small images. Because the stem
 * keeps their size, images of 32 pixels give feature maps of 32, 15 and 7 pixels
 * in blocks A, B and C; the paper's network for 299 pixels has 35, 17 and 8.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function inceptionNetwork(
  name: string,
  { blocks: [a, b, c], width, dropout }: InceptionDesign,
  options: NetworkOptions,
): tf.LayersModel {
  const images = imageInput(options);
  const part = inceptionBlocks(width);
  let x = part.stem("stem", images);
  for (let i = 1; i <= a; i++) x = part.a(`a${i}`, x);
  x = part.reductionA("reduction_a", x);
  for (let i = 1; i <= b; i++) x = part.b(`b${i}`, x);
  x = part.reductionB("reduction_b", x);
  for (let i = 1; i <= c; i++) x = part.c(`c${i}`, x);
  const logits = chain(
    x,
    tf.layers.globalAveragePooling2d({ name: "pool" }),
    new SeededDropout({ name: "dropout", rate: dropout }),
    dense("logits", options.classes),
  );
  const model = tf.model({ name, inputs: images, outputs: logits });
  initialise(model, options.random);
  return model;
}
