import { BadInput } from "../bad_input.ts";
import { asLogits, type Logits, type PlainMatrix } from "../matrix_kinds.ts";
import { matrix } from "../matrix.ts";

/**
 * The logits of two classes from one column of logits of class 1, as in front of a
 * sigmoid: class 0 is at 0.
 *
 * @param scores `[n]`
 * @returns `[n, 2]`; `softmax` of a row is `1 - sigmoid(z)`, `sigmoid(z)`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { binaryLogits, softmax } from "@ils/label-smoothing/logits";
 * const { data } = softmax(binaryLogits(Float64Array.of(Math.log(3))));
 * strictEqual(data[1].toFixed(6), "0.750000");
 * ```
 */
export function binaryLogits(
  scores: Float32Array | Float64Array,
): Logits<Float64Array> {
  const data = new Float64Array(2 * scores.length);
  scores.forEach((z, i) => data[2 * i + 1] = z);
  return asLogits(matrix(data, 2));
}

/**
 * The probabilities of two classes from one column of probabilities of class 1.
 *
 * @param scores `[n]`, in [0, 1]
 * @returns `[n, 2]`
 * @throws {BadInput} naming the first row outside [0, 1]
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { binaryProbabilities } from "@ils/label-smoothing/logits";
 * const { data } = binaryProbabilities(Float64Array.of(0.75));
 * deepStrictEqual([...data], [0.25, 0.75]);
 * ```
 */
export function binaryProbabilities(
  scores: Float32Array | Float64Array,
): PlainMatrix<Float64Array> {
  const data = new Float64Array(2 * scores.length);
  scores.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) {
      throw new BadInput(
        `Cannot take a column as probabilities as row ${i} (from 0) is ${p} ` +
          "but must be in [0, 1]",
      );
    }
    data.set([1 - p, p], 2 * i);
  });
  return matrix(data, 2);
}

/**
 * The logarithms of the probabilities of two classes from one column of logarithms of
 * probabilities of class 1.
 *
 * @param scores `[n]`, at most 0
 * @returns `[n, 2]`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { binaryLogProbabilities } from "@ils/label-smoothing/logits";
 * const { data } = binaryLogProbabilities(Float64Array.of(Math.log(0.75)));
 * strictEqual(Math.exp(data[0]).toFixed(6), "0.250000");
 * ```
 */
export function binaryLogProbabilities(
  scores: Float32Array | Float64Array,
): PlainMatrix<Float64Array> {
  const data = new Float64Array(2 * scores.length);
  scores.forEach((log, i) => data.set([logComplement(log), log], 2 * i));
  return matrix(data, 2);
}

/** `log (1 - exp(log))`, exact for small and for large probabilities. */
function logComplement(log: number): number {
  return log < -Math.LN2
    ? Math.log1p(-Math.exp(log))
    : Math.log(-Math.expm1(log));
}
