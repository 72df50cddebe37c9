/**
 * Softmax, entropy and ensembles of logits on plain typed arrays, and the matrix
 * types that the other modules take. Needs no TensorFlow and runs in a browser.
 *
 * @module
 */
export {
  argMax,
  type Matrix,
  matrix,
  matrixOf,
  row,
  takeRows,
} from "../matrix.ts";
export {
  asLogits,
  asPoints,
  asProbabilities,
  type Logits,
  logitsOf,
  type PlainMatrix,
  type Points,
  pointsOf,
  type Probabilities,
  probabilitiesOf,
} from "../matrix_kinds.ts";
export { logSoftmaxRow, softmax } from "./softmax.ts";
export { takeLogits } from "./take_logits.ts";
export { rowEntropies } from "./entropy.ts";
export { meanLogits } from "./mean_logits.ts";
export { foldLogits } from "./fold_logits.ts";
export {
  floorLogits,
  logitsOfLogProbabilities,
  logitsOfProbabilities,
  logitsOfVotes,
  type RoundedRows,
} from "./from_probabilities.ts";
export {
  binaryLogits,
  binaryLogProbabilities,
  binaryProbabilities,
} from "./binary_logits.ts";
export { storedPrecision } from "./stored_precision.ts";
export { type LikelyKind, likelyKind, type Likeness } from "./likely_kind.ts";
export { BadInput } from "../bad_input.ts";
