import { BadInput } from "../bad_input.ts";
import { stream } from "../random.ts";
import { checkSetting } from "../setting_rules.ts";
import { FOLDS } from "./settings.ts";
import { membersByClass } from "./split.ts";

/** How samples are cut into folds. */
export interface FoldOptions {
  /** At least 2. */
  readonly folds: number;
  readonly seed: number;
}

/**
 * Cuts samples into folds by a seed, each of which holds the classes as the
 * whole does: the members of each class are shuffled, then all are dealt out
 * in turn. So the folds are of one size to within one sample, in all and by
 * class.
 *
 * @param labels `[n]`, class indices
 * @returns `[n]`, the fold of each sample, in [0, folds)
 * @throws {BadInput} if there are fewer samples than folds
 *
 * @example
 * ```ts
 * import { stratifiedFolds } from "./folds.ts";
 * const labels = Int32Array.of(0, 0, 1, 1);
 * stratifiedFolds(labels, { folds: 2, seed: 1 }); // one of each class a fold
 * ```
 */
export function stratifiedFolds(
  labels: Int32Array,
  { folds, seed }: FoldOptions,
): Int32Array {
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
