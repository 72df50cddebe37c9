import { BadInput } from "../bad_input.ts";
import { row } from "../matrix.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";

/**
 * The word of networks each of which was trained without one fold, on the
 * samples that it has not seen: row i of the network of sample i's fold.
 *
 * @param members `[n, classes]` each, all rows; the k-th trained without fold k
 * @param folds `[n]`, the fold of each sample, in [0, members)
 * @returns `[n, classes]`
 * @throws {BadInput} if rows or classes differ, or a fold has no member
 *
 * @example
 * ```ts
 * import { foldLogits } from "./fold_logits.ts";
 * import { logitsOf } from "../matrix_kinds.ts";
 * const a = logitsOf([[1, 2], [3, 4]]);
 * const b = logitsOf([[5, 6], [7, 8]]);
 * foldLogits([a, b], Int32Array.of(1, 0)); // 5 6, 3 4
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
      `Cannot take logits by fold: ${rows} samples have one, and member ` +
        `${other} (from 0) holds ${members[other].rows} rows of ` +
        `${members[other].columns} classes, the first of ${columns}`,
    );
  }
  const data = new Float64Array(rows * columns);
  folds.forEach((fold, i) => {
    if (members[fold] === undefined) {
      throw new BadInput(
        `Cannot take logits by fold: row ${i} (from 0) is of fold ${fold}, ` +
          `and there are ${members.length} members`,
      );
    }
    data.set(row(members[fold], i), i * columns);
  });
  return asLogits({ data, rows, columns });
}
