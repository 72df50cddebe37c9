import { BadInput } from "../bad_input.ts";
import { stream } from "../random.ts";
import { checkSetting } from "../setting_rules.ts";
import { SPLIT_SETTINGS } from "./settings.ts";

/** Options of `splitIndices()`. */
export interface SplitOptions {
  /** Fraction of the samples used for training, in (0, 1). */
  readonly trainFraction: number;
  /** Number of samples for training and validation together, at least 2 (all). */
  readonly limit?: number | undefined;
  /** Seed of the split. */
  readonly seed: number;
}

/** Disjoint, ascending sample indices. */
export interface Split {
  /** Indices of the training samples. */
  readonly train: Int32Array;
  /** Indices of the validation samples. */
  readonly validation: Int32Array;
}

/**
 * A seeded, stratified split into training and validation samples.
 *
 * The samples are put in a stratified random order: in every prefix the classes have
 * their overall proportions, to within one sample. The first
 * `round(trainFraction * n)` samples are for training, the others for validation. A
 * limit selects the first samples of each, so a larger limit only adds samples and
 * never moves one to the other side.
 *
 * @param labels `[n]` class indices
 * @param options training fraction, limit and seed
 * @throws {BadInput} if a number is out of range or a side would be empty
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { splitIndices } from "@ils/label-smoothing/data";
 * const labels = Int32Array.of(0, 0, 1, 1);
 * const { train } = splitIndices(labels, { trainFraction: 0.5, seed: 1 });
 * deepStrictEqual(Array.from(train, (i) => labels[i]), [0, 1]);
 * ```
 */
export function splitIndices(
  labels: Int32Array,
  options: SplitOptions,
): Split {
  const { trainFraction, limit = labels.length, seed } = options;
  checkSetting("trainFraction", trainFraction, SPLIT_SETTINGS.trainFraction);
  checkSetting("limit", limit, SPLIT_SETTINGS.limit);
  if (limit > labels.length) {
    throw new BadInput(
      `Cannot take ${limit} samples as there are only ${labels.length} for ` +
        "training and validation",
    );
  }
  const trainCount = Math.round(trainFraction * limit);
  if (trainCount === 0 || trainCount === limit) {
    throw new BadInput(
      `Cannot split ${limit} samples with training fraction ` +
        `${trainFraction} as one side would be empty`,
    );
  }
  const order = stratifiedOrder(labels, seed);
  const boundary = Math.round(trainFraction * labels.length);
  const validationCount = limit - trainCount;
  return {
    train: order.slice(0, trainCount).sort(),
    validation: order.slice(boundary, boundary + validationCount).sort(),
  };
}

/**
 * All indices in an order in which classes alternate in proportion: after shuffling
 * each class, sample i of the n_k of class k has position (i + 1/2) / n_k, as in
 * Webster's method of apportionment.
 */
function stratifiedOrder(labels: Int32Array, seed: number): Int32Array {
  const position = new Float64Array(labels.length);
  for (const [label, members] of membersByClass(labels)) {
    const shuffled = stream(seed, `split/${label}`).permutation(members.length);
    shuffled.forEach((member, i) => {
      position[members[member]] = (i + 0.5) / members.length;
    });
  }
  return Int32Array.from(labels.keys()).sort((a, b) =>
    position[a] - position[b] || labels[a] - labels[b]
  );
}

/** The sample indices of each class; classes in order of first appearance. */
export function membersByClass(labels: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const list = members.get(label);
    if (list === undefined) members.set(label, [index]);
    else list.push(index);
  });
  return members;
}
