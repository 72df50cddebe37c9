import { probabilitiesOf } from "../../lib/matrix_kinds.ts";

/**
 * Ten predictions over four classes, small enough to bin by hand. The largest
 * probabilities are .3 .3 | .4 .5 .6 | .7 .8 .8 .9 1 (bars are the edges of three
 * bins); 1 of 2, 1 of 3 and 4 of 5 are right.
 */
export const probabilities = probabilitiesOf([
  [0.30, 0.25, 0.25, 0.20], // label 0, right
  [0.25, 0.30, 0.25, 0.20], // label 0, wrong
  [0.40, 0.20, 0.20, 0.20], // label 0, right
  [0.20, 0.50, 0.20, 0.10], // label 2, wrong
  [0.20, 0.10, 0.60, 0.10], // label 0, wrong
  [0.70, 0.10, 0.10, 0.10], // label 0, right
  [0.10, 0.80, 0.10, 0.00], // label 1, right
  [0.00, 0.10, 0.80, 0.10], // label 2, right
  [0.05, 0.05, 0.00, 0.90], // label 0, wrong
  [0.00, 0.00, 1.00, 0.00], // label 2, right
]);

export const labels = Int32Array.of(0, 0, 0, 2, 0, 0, 1, 2, 0, 2);
