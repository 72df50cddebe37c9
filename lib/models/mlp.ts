import { tf } from "../engine/engine.ts";
import { initialise } from "./initialise.ts";
import { chain, dense, imageInput, type NetworkOptions } from "./network.ts";

/**
 * A multilayer perceptron over the flattened image, with ReLU between layers.
 *
 * @returns a model from `[batch, height, width, channels]` to logits
 * `[batch, classes]`
 */
export function mlp(
  options: NetworkOptions & { readonly hidden?: readonly number[] },
): tf.LayersModel {
  const { hidden = [256, 128], classes, random } = options;
  const images = imageInput(options);
  const logits = chain(
    images,
    tf.layers.flatten({ name: "flatten" }),
    ...hidden.flatMap((units, i) => [
      dense(`dense${i + 1}`, units),
      tf.layers.reLU({ name: `relu${i + 1}` }),
    ]),
    dense("logits", classes),
  );
  const model = tf.model({ name: "mlp", inputs: images, outputs: logits });
  initialise(model, random);
  return model;
}
