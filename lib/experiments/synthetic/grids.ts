import {
  candidates,
  MAX_EPSILON,
  TABLE_METHODS,
  type TableMethod,
} from "./candidates.ts";
import { PUBLISHED_SURFACE } from "./published_synthetic.ts";
import type { SyntheticSpec } from "./synthetic_spec.ts";
import { CANDIDATES, FOLDS, TEACHING } from "./teacher_grid.ts";

/** Units of each hidden layer. */
export const HIDDEN_UNITS = 64;

/** The study's training: Adam at 1e-2, at most 500 epochs, a wait of 10. */
export const TRAINING = { learningRate: 0.01, epochs: 500, patience: 10 };

/** The axis of Fig. 6: .001, .005, then .01 to .20. */
export const EPSILON_AXIS: readonly number[] = [
  0.001,
  0.005,
  ...Array.from({ length: 20 }, (_, i) => (i + 1) / 100),
];

/** Groups of true-class probability of Fig. 6, 0.02 wide. */
export const PROBABILITY_GROUPS = 50;

/** The axes of Fig. 11. */
export const SURFACE = { p1: PUBLISHED_SURFACE.p1, p2: PUBLISHED_SURFACE.p2 };

/**
 * All numbers of an experiment that its spec does not hold. Records are known
 * by them as well, so that those of other grids are not taken for these.
 */
export function gridOf({ experiment, methods }: SyntheticSpec) {
  const training = { ...TRAINING, hiddenUnits: HIDDEN_UNITS };
  switch (experiment) {
    case "table-v": {
      const wanted = TABLE_METHODS.filter((method) => methods.includes(method));
      const own = (method: TableMethod) => [method, candidates(method)];
      return { training, candidates: Object.fromEntries(wanted.map(own)) };
    }
    case "fig-6":
      return {
        training,
        epsilon: EPSILON_AXIS,
        probabilityGroups: PROBABILITY_GROUPS,
      };
    case "fig-11":
      return { training, ...SURFACE, maxEpsilon: MAX_EPSILON };
    case "teachers":
      return {
        training,
        candidates: CANDIDATES,
        teaching: { ...TEACHING, folds: FOLDS },
      };
  }
}
