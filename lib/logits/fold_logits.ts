import { BadInput } from "../bad_input.ts";
import { row } from "../matrix.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";

/**
 * Held-out logits: for each sample, the logits of the network that was trained
 * without the sample's fold.
 *
 * @param members logits `[n, classes]` of each network for all samples; network k
 * was trained without fold k
 * @param folds `[n]`, the fold of each sample, in [0, members)
 * @returns `[n, classes]`, in float64; row i is row i of `members[folds[i]]`
 * @throws {BadInput} if shapes differ or a fold has no network
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { foldLogits, logitsOf } from "@ils/label-smoothing/logits";
 * const a = logitsOf([[1, 2], [3, 4]]);
 * const b = logitsOf([[5, 6], [7, 8]]);
 * const heldOut = foldLogits([a, b], Int32Array.of(1, 0));
 * deepStrictEqual(heldOut, logitsOf([[5, 6], [3, 4]]));
 * ```
 */
export function foldLogits(
  members: readonly Logits[],
  folds: Int32Array,
): Logits<Float64Array> {
  const rows = folds.length;
  const columns = members[0]?.columns ?? 0;
  const other = members.findIndex((member) =>
    member.rows !== rows || member.columns !== columns
  );
  if (other >= 0) {
    throw new BadInput(
      `Cannot take logits by fold as network ${other} (from 0) must have ` +
        `${rows} rows of ${columns} classes: it has ` +
        `${members[other].rows} of ${members[other].columns}`,
    );
  }
  const data = new Float64Array(rows * columns);
  folds.forEach((fold, i) => {
    if (members[fold] === undefined) {
      throw new BadInput(
        `Cannot take logits by fold as folds must be in [0, ` +
          `${members.length}): row ${i} (from 0) has ${fold}`,
      );
    }
    data.set(row(members[fold], i), i * columns);
  });
  return asLogits({ data, rows, columns });
}
