import { BadInput } from "../bad_input.ts";
import { stream } from "../random.ts";
import { checkSetting } from "../setting_rules.ts";
import { FOLDS } from "./settings.ts";
import { membersByClass } from "./split.ts";

/** Options of `stratifiedFolds()`. */
export interface FoldOptions {
  /** Number of folds, at least 2. */
  readonly folds: number;
  /** Seed of the assignment. */
  readonly seed: number;
}

/**
 * A seeded, stratified assignment of samples to folds: the members of each class are
 * shuffled, then all samples are dealt to the folds in turn. The sizes of folds
 * differ by at most one sample, in total and per class.
 *
 * @param labels `[n]` class indices
 * @param options number of folds and seed
 * @returns `[n]` the fold of each sample, in [0, folds)
 * @throws {BadInput} if there are fewer than two folds or fewer samples than folds
 *
 * @example
 * ```ts
 * import { notStrictEqual } from "node:assert/strict";
 * import { stratifiedFolds } from "@ils/label-smoothing/data";
 * const labels = Int32Array.of(0, 0, 1, 1);
 * const folds = stratifiedFolds(labels, { folds: 2, seed: 1 });
 * notStrictEqual(folds[0], folds[1]);
 * notStrictEqual(folds[2], folds[3]);
 * ```
 */
export function stratifiedFolds(
  labels: Int32Array,
  options: FoldOptions,
): Int32Array {
  const { folds, seed } = options;
  checkSetting("folds", folds, FOLDS);
  if (folds > labels.length) {
    throw new BadInput(
      `Cannot cut ${labels.length} training samples into ${folds} folds`,
    );
  }
  const foldOf = new Int32Array(labels.length);
  let dealt = 0;
  for (const [label, members] of membersByClass(labels)) {
    const order = stream(seed, `folds/${label}`).permutation(members.length);
    for (const member of order) foldOf[members[member]] = dealt++ % folds;
  }
  return foldOf;
}
