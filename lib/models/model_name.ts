import { BadInput } from "../bad_input.ts";

/** Every architecture's name. */
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

/** An architecture's name. */
export type ModelName = typeof MODEL_NAMES[number];

/** @throws {BadInput} if `name` is no architecture */
export function checkModelName(name: string): ModelName {
  const known = MODEL_NAMES.find((model) => model === name);
  if (known !== undefined) return known;
  throw new BadInput(
    `Model must be one of ${MODEL_NAMES.join(", ")}: current value is ${name}`,
  );
}

/**
 * Names that mean another one: what the study calls DenseNet without a number
 * is the small DenseNet-BC-40 of its code. Its profile `paper` takes
 * `densenet161`, which its table was made with.
 */
export const MODEL_ALIASES: Readonly<Record<string, ModelName>> = {
  densenet: "densenet40",
};
