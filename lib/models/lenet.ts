import { tf } from "../engine/engine.ts";
import { initialise } from "./initialise.ts";
import {
  chain,
  convolution,
  dense,
  imageInput,
  type NetworkOptions,
} from "./network.ts";

/**
 * LeNet-5 (LeCun et al. 1998) with ReLU and max-pooling: 5x5 convolutions of 6 and
 * 16 filters, then dense layers of 120 and 84 units.
 *
 * The first convolution pads images below 32 pixels by 2, as the original pads
 * digits from 28 to 32 pixels.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function lenet(options: NetworkOptions): tf.LayersModel {
  const { classes, random, height } = options;
  const images = imageInput(options);
  const filter = (name: string, filters: number, padding: "same" | "valid") =>
    convolution(name, { filters, kernelSize: 5, padding, useBias: true });
  const logits = chain(
    images,
    filter("conv1", 6, height < 32 ? "same" : "valid"),
    tf.layers.maxPooling2d({ name: "pool1", poolSize: 2 }),
    // ReLU and max-pooling commute; pooling first is cheaper.
    tf.layers.reLU({ name: "relu1" }),
    filter("conv2", 16, "valid"),
    tf.layers.maxPooling2d({ name: "pool2", poolSize: 2 }),
    tf.layers.reLU({ name: "relu2" }),
    tf.layers.flatten({ name: "flatten" }),
    dense("dense1", 120),
    tf.layers.reLU({ name: "relu3" }),
    dense("dense2", 84),
    tf.layers.reLU({ name: "relu4" }),
    dense("logits", classes),
  );
  const model = tf.model({ name: "lenet", inputs: images, outputs: logits });
  initialise(model, random);
  return model;
}
