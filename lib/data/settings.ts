import type { SettingRules } from "../setting_rules.ts";

/** The samples on which a network is trained, with the defaults of the study. */
export const SPLIT_SETTINGS = {
  limit: {
    type: "whole",
    least: 2,
    nullable: true,
    default: null,
    help: "number of images for training and validation together " +
      "(default: all)",
  },
  trainFraction: {
    type: "number",
    range: { low: 0, high: 1, lowOpen: true, highOpen: true },
    default: 0.8,
    help: "fraction of these used for training; the rest is for validation",
  },
} as const satisfies SettingRules;

/** Noise of the training and validation labels. */
export const NOISE_SETTINGS = {
  kind: {
    type: "choice",
    choices: ["even", "similar"],
    help: "how a label is replaced: by any other class, or by one that a " +
      "network confuses with it",
  },
  rate: {
    type: "number",
    range: { low: 0, high: 1, lowOpen: true },
    help: "probability that a label is replaced",
  },
  seed: {
    type: "whole",
    least: 0,
    default: 1,
    help:
      "seed of the label noise, which does not depend on the seed of the run",
    placeholder: "N",
  },
} as const satisfies SettingRules;

/** The number of folds. */
export const FOLDS = {
  type: "whole",
  least: 2,
  help: "the teacher is K networks, each trained without one of K folds; a " +
    "sample gets the output of the network that was trained without it",
  placeholder: "K",
} as const;

/** Largest number of pixels per side; larger ones are likely mistakes. */
const MOST_PIXELS = 2048;

/** How your own images are converted; every setting is optional. */
export const OWN_SETTINGS = {
  imageSize: {
    type: "whole",
    least: 1,
    most: MOST_PIXELS,
    optional: true,
    help: "your own images: width and height in pixels after resizing",
  },
  fit: {
    type: "choice",
    choices: ["crop", "stretch"],
    optional: true,
    help: "your own images: resize the central square, or stretch the " +
      "complete image (default: crop)",
    placeholder: "F",
  },
  channels: {
    type: "choice",
    choices: [1, 3],
    optional: true,
    help: "your own images: convert to grey or colour (default: as stored)",
    placeholder: "C",
  },
  augment: {
    type: "choice",
    choices: ["crop-flip"],
    optional: true,
    help: "your own images: augmentation during training (default: none)",
    placeholder: "A",
  },
} as const satisfies SettingRules;
