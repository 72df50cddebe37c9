import type { TemperatureBounds } from "../calibration/calibrators/temperature_search.ts";
import { layoutNamed, STUDY_SIZES } from "./circles.ts";
import {
  candidates,
  MAX_EPSILON,
  TABLE_METHODS,
  withTeachers,
} from "./candidates.ts";
import { PUBLISHED_SURFACE } from "./published.ts";
import { BINS } from "./scores.ts";
import type { SyntheticSpec } from "./spec.ts";
import {
  CANDIDATES,
  FOLDS,
  TEACHER_NAMES,
  TEACHING,
} from "./teachers/teacher_grid.ts";

/** Units of each hidden layer. */
export const HIDDEN_UNITS = 64;

/** The published training: Adam at 1e-2, at most 500 epochs, patience 10. */
export const TRAINING = { learningRate: 0.01, epochs: 500, patience: 10 };

/** The axis of Fig. 6: .001, .005, then .01 to .20. */
export const EPSILON_AXIS: readonly number[] = [
  0.001,
  0.005,
  ...Array.from({ length: 20 }, (_, i) => (i + 1) / 100),
];

/** Number of groups of true-class probability in Fig. 6, each 0.02 wide. */
export const PROBABILITY_GROUPS = 50;

/** The axes of Fig. 11. */
export const SURFACE = { p1: PUBLISHED_SURFACE.p1, p2: PUBLISHED_SURFACE.p2 };

/** Range of temperatures of `wide` scores and of teachers. */
export const WIDE_BOUND: TemperatureBounds = { low: 0.05, high: 20 };

/** Bounds of the temperature search in the study's code. */
export const PUBLISHED_BOUND: TemperatureBounds = { low: 0.8, high: 3 };

/**
 * Returns the numbers that a spec's experiment uses and no flag changes. They
 * are part of the records' identity, so that records made before a change to
 * them are not reused.
 */
export function fixedNumbers({ experiment, layout, methods }: SyntheticSpec) {
  const all = {
    circles: layoutNamed(layout).classes,
    validationPerClass: STUDY_SIZES.validation,
    training: { ...TRAINING, hiddenUnits: HIDDEN_UNITS },
    bins: BINS,
  };
  switch (experiment) {
    case "table-v": {
      const trained = withTeachers(methods);
      const grids = TABLE_METHODS.filter((method) => trained.has(method))
        .map((method) => [method, candidates(method)]);
      const bound = PUBLISHED_BOUND;
      return { ...all, candidates: Object.fromEntries(grids), bound };
    }
    case "fig-6":
      return {
        ...all,
        epsilon: EPSILON_AXIS,
        probabilityGroups: PROBABILITY_GROUPS,
      };
    case "fig-11":
      return { ...all, ...SURFACE, maxEpsilon: MAX_EPSILON };
    case "teachers":
      return {
        ...all,
        teachers: TEACHER_NAMES,
        candidates: CANDIDATES,
        teaching: { ...TEACHING, folds: FOLDS },
      };
  }
}
