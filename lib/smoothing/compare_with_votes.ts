import { BadInput } from "../bad_input.ts";
import { type Matrix, row } from "../matrix.ts";
import type { MethodSpec } from "./method.ts";
import { targetRules } from "./targets.ts";
import type { TargetsOptions } from "./targets_options.ts";

/** The fewest votes for wrong classes with which a sample's shape is compared. */
export const FEWEST_WRONG_VOTES = 5;

/** How far distributions are from those of votes: means over samples, in nats. */
export interface VoteScores {
  /** Number of samples. */
  readonly samples: number;
  /**
   * Cross-entropy `-sum_k v_k log y_k` of the votes' distribution v with the
   * distribution y; infinite if a class with votes has probability 0.
   */
  readonly crossEntropy: number;
  /** Entropy of the votes' distribution: the smallest possible cross-entropy. */
  readonly entropy: number;
}

/** Targets compared with votes. */
export interface VotesComparison {
  /** Of target rows, over the samples with votes. */
  readonly targets: VoteScores;
  /**
   * Of their shape over the wrong classes, over the samples with at least five votes
   * for wrong classes whose target gives mass to these; null without such samples.
   */
  readonly shape: VoteScores | null;
  /** Number of samples without votes, which are left out. */
  readonly withoutVotes: number;
}

/**
 * Compares a method's targets with votes: how well do they describe what people
 * see? Targets are computed as in `buildTargets()`, but in float64.
 *
 * @param method name and settings, as from `parseMethod()`
 * @param votes `[n, classes]`, the number of votes of each sample for each class, at
 * least 0
 * @param options labels, number of classes and the teacher
 * @throws {BadInput} as `buildTargets()`, or if the votes have another shape or
 * no sample has any
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { compareWithVotes } from "@ils/label-smoothing/smoothing";
 * import { matrixOf } from "@ils/label-smoothing/logits";
 * const { targets, shape } = compareWithVotes(
 *   { name: "ls", epsilon: 0.3 },
 *   matrixOf([[8, 1, 1], [2, 4, 4]]),
 *   { labels: Int32Array.of(0, 0), classes: 3 },
 * );
 * strictEqual(targets.samples, 2);
 * strictEqual(shape?.samples, 1);
 * strictEqual(shape?.crossEntropy, Math.log(2));
 * ```
 */
export function compareWithVotes(
  method: MethodSpec,
  votes: Matrix,
  options: TargetsOptions,
): VotesComparison {
  const { amountOf, shapeOf } = targetRules(method, options);
  const { labels, classes } = options;
  checkVotes(votes, labels.length, classes);
  const targets = voteScores();
  const shapes = voteScores();
  labels.forEach((label, i) => {
    const counts = row(votes, i);
    if (sum(counts) === 0) return;
    const [amount, shape] = [amountOf(i), shapeOf(i)];
    const target = shape.map((share) => amount * share);
    target[label] += 1 - amount;
    targets.add(counts, target);
    const wrongCounts = without(counts, label);
    if (amount === 0 || sum(wrongCounts) < FEWEST_WRONG_VOTES) return;
    shapes.add(wrongCounts, normalised(without(shape, label)));
  });
  const found = targets.mean();
  if (found === null) {
    throw new BadInput("Cannot compare with votes: no sample has any");
  }
  return {
    targets: found,
    shape: shapes.mean(),
    withoutVotes: labels.length - found.samples,
  };
}

/** Sums the scores of samples. */
function voteScores() {
  let [samples, crossEntropy, entropy] = [0, 0, 0];
  return {
    add(counts: ArrayLike<number>, probabilities: Float64Array): void {
      const votes = normalised(counts);
      samples++;
      crossEntropy += crossEntropyOf(votes, probabilities);
      entropy += crossEntropyOf(votes, votes);
    },
    mean: (): VoteScores | null =>
      samples === 0 ? null : {
        samples,
        crossEntropy: crossEntropy / samples,
        entropy: entropy / samples,
      },
  };
}

function crossEntropyOf(votes: Float64Array, probabilities: Float64Array) {
  return votes.reduce(
    (sum, vote, k) =>
      vote === 0 ? sum : sum - vote * Math.log(probabilities[k]),
    0,
  );
}

function without(values: ArrayLike<number>, label: number): Float64Array {
  const rest = Float64Array.from(values);
  rest[label] = 0;
  return rest;
}

function normalised(values: ArrayLike<number>): Float64Array {
  const total = sum(values);
  return Float64Array.from(values, (value) => value / total);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

function checkVotes(votes: Matrix, rows: number, classes: number): void {
  if (votes.rows !== rows || votes.columns !== classes) {
    throw new BadInput(
      `Cannot compare with votes as they must be ${rows} rows of ${classes} ` +
        `classes: they are ${votes.rows} of ${votes.columns}`,
    );
  }
  const bad = votes.data.findIndex((count) =>
    !(count >= 0 && Number.isFinite(count))
  );
  if (bad < 0) return;
  throw new BadInput(
    `Cannot compare with votes as they must be at least 0 and finite: row ` +
      `${Math.floor(bad / classes)}, column ${bad % classes} (from 0) is ` +
      votes.data[bad],
  );
}
