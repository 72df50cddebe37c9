import type { LayersModel } from "../engine/tensor_types.ts";
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
  Record<ModelName, (options: NetworkOptions) => LayersModel>
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

/**
 * A new network of a named architecture, from images `[batch, height, width,
 * channels]` to logits `[batch, classes]`.
 *
 * @param name one of `MODEL_NAMES`
 * @returns an uncompiled model with initial weights; the caller disposes it
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { buildModel, stream } from "@ils/label-smoothing/models";
 * const model = buildModel("mlp", {
 *   height: 2,
 *   width: 2,
 *   channels: 1,
 *   classes: 3,
 *   random: stream(1, "init"),
 * });
 * deepStrictEqual(model.outputShape, [null, 3]);
 * model.dispose();
 * ```
 */
export function buildModel(
  name: ModelName,
  options: NetworkOptions,
): LayersModel {
  return BUILDERS[name](options);
}
