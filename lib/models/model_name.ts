import { BadInput } from "../bad_input.ts";

/** Names of all architectures. */
export const MODEL_NAMES = [
  "mlp",
  "lenet",
  "shallownet",
  "resnet8",
  "resnet20",
  "resnet18",
  "resnet50",
  "resnet110",
  "resnet152",
  "resnet110-sd",
  "resnet152-sd",
  "densenet40",
  "densenet161",
  "inceptionv4",
  "wrn34-10",
] as const;

/** Name of an architecture. */
export type ModelName = typeof MODEL_NAMES[number];

/**
 * Returns `name` if it is the name of an architecture.
 *
 * @throws {BadInput} listing the names, if it is not
 */
export function checkModelName(name: string): ModelName {
  const known = MODEL_NAMES.find((model) => model === name);
  if (known !== undefined) return known;
  throw new BadInput(
    `Model must be one of ${MODEL_NAMES.join(", ")}: current value is ${name}`,
  );
}

/**
 * Other names of architectures. The study's plain "DenseNet" is the small
 * DenseNet-BC-40 of its code, which spells it `densetnet`; the profile `paper`
 * uses `densenet161`, with which its table was made.
 */
export const MODEL_ALIASES: Readonly<Record<string, ModelName>> = {
  densenet: "densenet40",
  densetnet: "densenet40",
};
