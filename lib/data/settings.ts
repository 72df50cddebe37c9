import type { SettingRules } from "../setting_rules.ts";

/** The samples on which a network is trained, with the defaults of the study. */
export const SPLIT_SETTINGS = {
  limit: {
    type: "whole",
    least: 2,
    nullable: true,
    default: null,
    help: "take only this many images for training and validation together",
  },
  trainFraction: {
    type: "number",
    range: { low: 0, high: 1, lowOpen: true, highOpen: true },
    default: 0.8,
    help: "share of these used for training",
  },
} as const satisfies SettingRules;

/** The number of folds. */
export const FOLDS = {
  type: "whole",
  least: 2,
  help: "the teacher is K networks, each trained without one of K folds of " +
    "the samples; each sample gets the output of the network that has not " +
    "seen it",
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
    help: "your own images: pixels per side to which all are resized",
  },
  fit: {
    type: "choice",
    choices: ["crop", "stretch"],
    optional: true,
    help: "what of an image is resized, the square in its middle or the " +
      "whole (default: crop)",
    placeholder: "F",
  },
  channels: {
    type: "choice",
    choices: [1, 3],
    optional: true,
    help: "your own images: grey or colour (default: as they are)",
    placeholder: "C",
  },
  augment: {
    type: "choice",
    choices: ["crop-flip"],
    optional: true,
    help: "how your own images vary in training (default: none)",
    placeholder: "A",
  },
} as const satisfies SettingRules;
