import { FOLDS } from "../data/settings.ts";
import type { SettingRules } from "../setting_rules.ts";

/** Settings of a run other than those of its data, objective and training. */
export const RUN_SETTINGS = {
  seed: {
    type: "whole",
    least: 0,
    default: 1,
    help: "seed of every random choice",
    placeholder: "S",
  },
} as const satisfies SettingRules;

/** Settings of a teacher that consists of several networks. */
export const TEACHER_SETTINGS = {
  members: {
    type: "whole",
    least: 2,
    help:
      "the teacher is the mean probability of M networks that differ only " +
      "in seed",
    placeholder: "M",
  },
  folds: FOLDS,
  repeats: {
    type: "whole",
    least: 1,
    default: 1,
    help: "number of fold splits; their outputs are averaged (default: 1)",
    placeholder: "R",
  },
  generations: {
    type: "whole",
    least: 1,
    default: 1,
    help: "each trained network (or ensemble, if the first teacher is one) " +
      "teaches the next; the last of G is the result (default: 1)",
    placeholder: "G",
  },
} as const satisfies SettingRules;
