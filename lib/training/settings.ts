import type { SettingRules } from "../setting_rules.ts";

const UNIT = { low: 0, high: 1 };
const OPEN = { ...UNIT, lowOpen: true, highOpen: true };
const NOT_NEGATIVE = { low: 0, high: Infinity, highOpen: true };
const POSITIVE = { ...NOT_NEGATIVE, lowOpen: true };

/**
 * Rules of the training settings, with the published study's defaults. New settings
 * must be optional, so that the ids of existing runs do not change.
 */
export const TRAINING_SETTINGS = {
  optimizer: {
    type: "choice",
    choices: ["sgd", "adam"],
    default: "sgd",
    help: "optimizer",
    placeholder: "O",
  },
  learningRate: {
    type: "number",
    range: POSITIVE,
    default: 0.1,
    help: "learning rate",
    title: "learning rate",
  },
  momentum: {
    type: "number",
    range: { ...UNIT, highOpen: true },
    default: 0.9,
    help: "Nesterov momentum of sgd",
    onlyWith: { key: "optimizer", value: "sgd", otherwise: 0 },
  },
  weightDecay: {
    type: "number",
    range: NOT_NEGATIVE,
    default: 1e-4,
    help: "L2 weight decay",
    title: "weight decay",
  },
  milestones: {
    type: "rising",
    range: OPEN,
    default: [0.5, 0.75],
    help: "fractions of the epochs at which the learning rate drops",
  },
  gamma: {
    type: "number",
    range: { ...UNIT, lowOpen: true },
    default: 0.1,
    help: "factor of the learning rate at each milestone",
  },
  batchSize: {
    type: "whole",
    least: 1,
    default: 512,
    help: "images per step",
    title: "batch",
  },
  epochs: {
    type: "whole",
    least: 1,
    default: 100,
    help: "maximum number of epochs",
  },
  patience: {
    type: "whole",
    least: 1,
    nullable: true,
    default: 10,
    help: "stop after this many epochs without a better validation loss",
  },
  threads: {
    type: "whole",
    least: 1,
    optional: true,
    help: "number of TensorFlow's threads, on which the last digits of the " +
      "results depend (default: all cores)",
  },
} as const satisfies SettingRules;

/** Rules of the distillation settings, with the published study's defaults. */
export const DISTILLATION_SETTINGS = {
  alpha: {
    type: "number",
    range: UNIT,
    default: 0.9,
    help: "weight of the distillation term in the loss",
  },
  temperature: {
    type: "number",
    range: POSITIVE,
    default: 20,
    help: "temperature that divides teacher and student logits in that term",
    placeholder: "T",
  },
} as const satisfies SettingRules;
