import { BadInput } from "../bad_input.ts";
import { row } from "../matrix.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { logSoftmaxRow } from "./softmax.ts";

/**
 * The word of several networks together, as logits: the logarithm of the mean
 * of their probabilities, `log (1/M sum_m softmax(z_m))`. Their softmax is that
 * mean; where it underflows the logarithm does not, as it is taken by
 * log-sum-exp.
 *
 * @param members `[n, classes]` each, of one shape, finite; at least one
 * @returns `[n, classes]`, each row summing to 1 in its exponentials
 * @throws {BadInput} if there is no member, or one has another shape
 *
 * @example
 * ```ts
 * import { logitsOf } from "../matrix_kinds.ts";
 * import { meanLogits } from "./mean_logits.ts";
 * const a = logitsOf([[0, Math.log(3)]]); // 1/4, 3/4
 * const b = logitsOf([[0, 0]]); // 1/2, 1/2
 * meanLogits([a, b]); // log 3/8, log 5/8
 * ```
 */
export function meanLogits(
  members: readonly Logits[],
): Logits<Float64Array> {
  checkShapes(members);
  const { rows, columns } = members[0];
  const data = new Float64Array(rows * columns);
  const said = new Float64Array(members.length);
  for (let i = 0; i < rows; i++) {
    const rowsOfMembers = members.map((member) =>
      logSoftmaxRow(row(member, i))
    );
    for (let k = 0; k < columns; k++) {
      for (let m = 0; m < said.length; m++) said[m] = rowsOfMembers[m][k];
      data[i * columns + k] = logMeanExp(said);
    }
  }
  return asLogits({ data, rows, columns });
}

/** `log (1/M sum_m exp(x_m))`, finite where the x are. */
function logMeanExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum / values.length);
}

function checkShapes(members: readonly Logits[]): void {
  if (members.length === 0) throw new BadInput("Cannot average no logits");
  const [{ rows, columns }] = members;
  const other = members.findIndex((member) =>
    member.rows !== rows || member.columns !== columns
  );
  if (other < 0) return;
  throw new BadInput(
    `Cannot average logits of different shapes: the first are ` +
      `${rows} by ${columns}, those at place ${other} (from 0) ` +
      `${members[other].rows} by ${members[other].columns}`,
  );
}
