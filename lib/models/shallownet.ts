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
import { SeededDropout } from "./seeded_dropout.ts";

/**
 * The shallow student network: three 3x3 convolutions of 32, 64 and 128 filters,
 * each with batch normalisation, 2x2 max-pooling and ReLU; a dense layer of 128
 * units with batch normalisation, ReLU and dropout of 0.5; a dense layer for the
 * logits.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function shallownet(
  options: NetworkOptions & { readonly dropout?: number },
): tf.LayersModel {
  const { classes, random, dropout = 0.5 } = options;
  const images = imageInput(options);
  const logits = chain(
    images,
    ...[32, 64, 128].flatMap((filters, i) => [
      convolution(`conv${i + 1}`, { filters, kernelSize: 3, useBias: true }),
      batchNormalization(`bn${i + 1}`),
      tf.layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: 2 }),
      tf.layers.reLU({ name: `relu${i + 1}` }),
    ]),
    tf.layers.flatten({ name: "flatten" }),
    dense("dense1", 128),
    batchNormalization("bn4"),
    tf.layers.reLU({ name: "relu4" }),
    new SeededDropout({ name: "dropout", rate: dropout }),
    dense("logits", classes),
  );
  const model = tf.model({
    name: "shallownet",
    inputs: images,
    outputs: logits,
  });
  initialise(model, random);
  return model;
}
