import { BadInput } from "../bad_input.ts";
import { stream } from "../random.ts";
import { checkSetting } from "../setting_rules.ts";
import { SPLIT_SETTINGS } from "./settings.ts";

/** How a pool of labelled samples becomes training and validation data. */
export interface SplitOptions {
  /** Share of the pool that is trained on, in (0, 1). */
  readonly trainFraction: number;
  /** Samples taken in all, training and validation together; default all. */
  readonly limit?: number | undefined;
  readonly seed: number;
}

/** Indices into the pool, each ascending; no index is in both. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * A seeded split that keeps the classes in proportion.
 *
 * The pool is put in a stratified random order, every prefix of which holds
 * the classes as the whole does, to within one sample. Its first
 * `round(trainFraction * n)` samples are for training, the rest for
 * validation; a limit takes the first of each. So a larger limit only adds
 * samples, and none ever changes sides.
 *
 * @param labels `[n]`, class indices
 * @throws {BadInput} if a number is out of range or a side would be empty
 *
 * @example
 * ```ts
 * import { splitIndices } from "./split.ts";
 * const labels = Int32Array.of(0, 0, 1, 1);
 * splitIndices(labels, { trainFraction: 0.5, seed: 1 }); // one of each class
 * ```
 */
export function splitIndices(
  labels: Int32Array,
  { trainFraction, limit = labels.length, seed }: SplitOptions,
): Split {
  checkSetting("trainFraction", trainFraction, SPLIT_SETTINGS.trainFraction);
  checkSetting("limit", limit, SPLIT_SETTINGS.limit);
  if (limit > labels.length) {
    throw new BadInput(
      `Cannot take ${limit} samples as the pool holds ${labels.length}`,
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
  const border = Math.round(trainFraction * labels.length);
  const validationCount = limit - trainCount;
  return {
    train: order.slice(0, trainCount).sort(),
    validation: order.slice(border, border + validationCount).sort(),
  };
}

/**
 * All indices, so ordered that classes alternate in proportion: sample i of
 * the n_k of class k, shuffled within the class, comes at (i + 1/2) / n_k
 * (the rule by which Webster's method gives out seats).
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

/** The positions of each class's samples, classes in the order they come. */
export function membersByClass(labels: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const list = members.get(label);
    if (list === undefined) members.set(label, [index]);
    else list.push(index);
  });
  return members;
}
