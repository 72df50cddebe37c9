import { BadInput } from "../bad_input.ts";
import { row } from "../matrix.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { logSoftmaxRow } from "./softmax.ts";

/**
 * The logits of an ensemble: the logarithm of the mean of its networks'
 * probabilities, `log (1/M sum_m softmax(z_m))`. Their softmax is that mean.
 * Computed by log-sum-exp, so that they are finite even where the mean probability
 * underflows; -Infinity if all networks give a class probability 0.
 *
 * @param members logits `[n, classes]` of each network, finite or -Infinity; at
 * least one
 * @returns `[n, classes]`, in float64; the exponentials of each row sum to 1
 * @throws {BadInput} if there are no networks or their shapes differ
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, meanLogits, softmax } from "@ils/label-smoothing/logits";
 * const a = logitsOf([[0, Math.log(3)]]); // 1/4, 3/4
 * const b = logitsOf([[0, 0]]); // 1/2, 1/2
 * strictEqual(softmax(meanLogits([a, b])).data[0].toFixed(6), "0.375000");
 * ```
 */
export function meanLogits(
  members: readonly Logits[],
): Logits<Float64Array> {
  checkShapes(members);
  const { rows, columns } = members[0];
  const data = new Float64Array(rows * columns);
  const logs = new Float64Array(members.length);
  for (let i = 0; i < rows; i++) {
    const rowsOfMembers = members.map((member) =>
      logSoftmaxRow(row(member, i))
    );
    for (let k = 0; k < columns; k++) {
      for (let m = 0; m < logs.length; m++) logs[m] = rowsOfMembers[m][k];
      data[i * columns + k] = logMeanExp(logs);
    }
  }
  return asLogits({ data, rows, columns });
}

/** `log (1/M sum_m exp(x_m))`; -Infinity only if all x are. */
function logMeanExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  if (largest === -Infinity) return largest;
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
    `Cannot average logits of different shapes: network 0 has ${rows} rows of ` +
      `${columns} classes, network ${other} has ${members[other].rows} of ` +
      `${members[other].columns}`,
  );
}
