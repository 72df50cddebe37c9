import type { tf } from "../engine/engine.ts";
import { densenet161, densenet40 } from "./densenet.ts";
import { inceptionV4 } from "./inception_v4.ts";
import { lenet } from "./lenet.ts";
import { mlp } from "./mlp.ts";
import type { ModelName } from "./model_name.ts";
import type { NetworkOptions } from "./network.ts";
import {
  resnet110,
  resnet110Sd,
  resnet152,
  resnet152Sd,
  resnet18,
  resnet20,
  resnet50,
  resnet8,
} from "./resnet.ts";
import { shallownet } from "./shallownet.ts";
import { wrn34x10 } from "./wide_resnet.ts";

const BUILDERS: Readonly<
  Record<ModelName, (options: NetworkOptions) => tf.LayersModel>
> = {
  mlp,
  lenet,
  shallownet,
  resnet8,
  resnet20,
  resnet18,
  resnet50,
  resnet110,
  resnet152,
  "resnet110-sd": resnet110Sd,
  "resnet152-sd": resnet152Sd,
  densenet40,
  densenet161,
  inceptionv4: inceptionV4,
  "wrn34-10": wrn34x10,
};

/** A freshly initialised network, from images to logits. */
export function buildModel(
  name: ModelName,
  options: NetworkOptions,
): tf.LayersModel {
  return BUILDERS[name](options);
}
