import { BadInput } from "../bad_input.ts";
import type { tf } from "../engine.ts";
import { lenet } from "./lenet.ts";
import { mlp } from "./mlp.ts";
import type { NetworkOptions } from "./network.ts";
import { resnet18, resnet20, resnet8 } from "./resnet.ts";
import { shallownet } from "./shallownet.ts";

const BUILDERS = { mlp, lenet, shallownet, resnet8, resnet20, resnet18 };

/** An architecture's name. */
export type ModelName = keyof typeof BUILDERS;

/** Every architecture's name. */
export const MODEL_NAMES = Object.keys(BUILDERS) as ModelName[];

/** @throws {BadInput} if `name` is no architecture */
export function checkModelName(name: string): ModelName {
  if (Object.hasOwn(BUILDERS, name)) return name as ModelName;
  throw new BadInput(
    `Model must be one of ${MODEL_NAMES.join(", ")}: current value is ${name}`,
  );
}

/** A freshly initialised network, from images to logits. */
export function buildModel(
  name: ModelName,
  options: NetworkOptions,
): tf.LayersModel {
  return BUILDERS[name](options);
}
