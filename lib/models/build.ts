import type { tf } from "../engine.ts";
import { lenet } from "./lenet.ts";
import { mlp } from "./mlp.ts";
import type { ModelName } from "./model_name.ts";
import type { NetworkOptions } from "./network.ts";
import { resnet18, resnet20, resnet8 } from "./resnet.ts";
import { shallownet } from "./shallownet.ts";

const BUILDERS: Readonly<
  Record<ModelName, (options: NetworkOptions) => tf.LayersModel>
> = { mlp, lenet, shallownet, resnet8, resnet20, resnet18 };

/** A freshly initialised network, from images to logits. */
export function buildModel(
  name: ModelName,
  options: NetworkOptions,
): tf.LayersModel {
  return BUILDERS[name](options);
}
