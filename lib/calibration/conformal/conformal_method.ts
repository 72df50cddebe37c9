import { BadInput, checkRange, checkWhole } from "../../bad_input.ts";

/**
 * How conformal sets are built:
 *
 * - `thr`: the classes whose probability is above a threshold;
 * - `aps`: the most probable classes until their probabilities reach a threshold;
 * - `raps`: as `aps`, with a penalty on many classes.
 */
export type ConformalMethod = "thr" | "aps" | "raps";

/** A method with its settings. */
export interface ConformalVariant {
  /** Method. */
  readonly method: ConformalMethod;
  /**
   * Whether the last class of a set is kept at random, which brings coverage down to
   * its target; not for `thr` (false).
   */
  readonly randomised?: boolean;
  /** `raps`: what each class beyond `freeRanks` adds to the score, at least 0 (0.01). */
  readonly penalty?: number;
  /** `raps`: number of classes without penalty, at least 0 (5). */
  readonly freeRanks?: number;
}

/** The variants that are compared by default. */
export const CONFORMAL_VARIANTS: readonly ConformalVariant[] = [
  { method: "thr" },
  { method: "aps", randomised: true },
  { method: "raps", randomised: true, penalty: 0.01, freeRanks: 5 },
  { method: "aps" },
  { method: "raps", penalty: 0.01, freeRanks: 5 },
];

/** Name of a variant in tables, such as "APS, deterministic". */
export function variantTitle({ method, randomised }: ConformalVariant): string {
  const name = method.toUpperCase();
  return randomised || method === "thr" ? name : `${name}, deterministic`;
}

/** Throws `BadInput` unless a variant's settings are allowed. */
export function checkVariant(variant: ConformalVariant): void {
  const { method, randomised, penalty = 0, freeRanks = 0 } = variant;
  if (method === "thr" && randomised) {
    throw new BadInput("Cannot build conformal sets: thr is never randomised");
  }
  const what = "Cannot build conformal sets as the penalty";
  checkRange(what, penalty, { low: 0, high: Infinity, highOpen: true });
  checkWhole(
    "Cannot build conformal sets as the number of classes without penalty",
    freeRanks,
    0,
  );
}

/**
 * The nonconformity score of the class at a rank of a sorted row. It does not decrease
 * with the rank, so sets contain the most probable classes.
 *
 * @param probability of that class
 * @param sum of the probabilities up to and including it
 * @param rank from 0
 * @param uniform in [0, 1), the row's random number; 0 without randomisation
 */
export function rankScore(
  { method, penalty = 0.01, freeRanks = 5 }: ConformalVariant,
  probability: number,
  sum: number,
  rank: number,
  uniform: number,
): number {
  if (method === "thr") return 1 - probability;
  const mass = sum - uniform * probability;
  return method === "aps"
    ? mass
    : mass + Math.max(0, penalty * (rank + 1 - freeRanks));
}
