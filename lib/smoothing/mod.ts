/**
 * Soft targets from labels and a teacher's logits: standard label smoothing,
 * instance-based smoothing and its variants, mixtures and self-distillation. Needs
 * no TensorFlow and runs in a browser.
 *
 * @module
 */
export { buildTargets } from "./targets.ts";
export {
  compareWithVotes,
  type VotesComparison,
  type VoteScores,
} from "./compare_with_votes.ts";
export type { TargetsOptions } from "./targets_options.ts";
export {
  METHOD_NAMES,
  type MethodName,
  type MethodSpec,
  needsTeacher,
} from "./method.ts";
export { METHOD_NUMBERS, type MethodNumbers } from "./method_numbers.ts";
export type { QuadraticOptions } from "./amount.ts";
export type { Scores, ScoresOptions } from "./scores.ts";
export { checkMethod, parseMethod } from "./parse_method.ts";
export { BadInput } from "../bad_input.ts";
export type { Matrix } from "../matrix.ts";
export {
  asLogits,
  type Logits,
  logitsOf,
  type PlainMatrix,
  type Probabilities,
} from "../matrix_kinds.ts";
