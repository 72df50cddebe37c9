/**
 * Kinds of matrices: logits, probabilities and points. They are distinct types, so
 * that one cannot be passed for another; at run time all are plain matrices.
 */
import { BadInput } from "./bad_input.ts";
import { type Matrix, matrixOf } from "./matrix.ts";

/** A matrix whose kind is not known. */
export interface PlainMatrix<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Distinguishes the types; absent at run time. */
  readonly "~kind"?: never;
}

/** Unnormalised log-probabilities `[n, classes]`, one row per sample. */
export interface Logits<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Distinguishes the types; absent at run time. */
  readonly "~kind": "logits";
  /**
   * `[n * classes]`, the probabilities whose logarithms these logits are, if there
   * were any. Computing them again would change their last bits, and so move
   * confidences over the edges of bins and break ties.
   */
  readonly probabilities?: Float64Array;
}

/** Probability distributions `[n, classes]`: entries at least 0, rows that sum to 1. */
export interface Probabilities<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Distinguishes the types; absent at run time. */
  readonly "~kind": "probabilities";
}

/** Coordinates `[n, dimensions]`, one row per point. */
export interface Points<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Distinguishes the types; absent at run time. */
  readonly "~kind": "points";
}

/** Accepted error of the sum of a row of probabilities; enough for float16. */
export const SUM_TOLERANCE = 1e-3;

/**
 * Marks a matrix as logits, without copying it.
 *
 * @param matrix `[n, classes]`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { asLogits, matrix, softmax } from "@ils/label-smoothing/logits";
 * const logits = asLogits(matrix(Float32Array.of(2, 2, 0, 3), 2));
 * strictEqual(softmax(logits).data[0], 0.5);
 * ```
 */
export function asLogits<Data extends Float32Array | Float64Array>(
  matrix: PlainMatrix<Data>,
): Logits<Data> {
  return matrix as Matrix<Data> as Logits<Data>;
}

/**
 * Marks a matrix as probabilities, after checking and without copying it.
 *
 * @param matrix `[n, classes]`, entries at least 0, rows that sum to 1 within 0.001
 * @throws {BadInput} naming the first row that is not a distribution
 *
 * @example
 * ```ts
 * import { throws } from "node:assert/strict";
 * import { asProbabilities, matrixOf } from "@ils/label-smoothing/logits";
 * asProbabilities(matrixOf([[0.5, 0.5]]));
 * throws(() => asProbabilities(matrixOf([[0.5, 0.6]])), { name: "BadInput" });
 * ```
 */
export function asProbabilities<Data extends Float32Array | Float64Array>(
  matrix: PlainMatrix<Data>,
): Probabilities<Data> {
  checkDistributions("Cannot take rows as probabilities", matrix);
  return matrix as Matrix<Data> as Probabilities<Data>;
}

/**
 * Marks a matrix of any kind as points, without copying it, for example to embed
 * logits.
 *
 * @param matrix `[n, dimensions]`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { asPoints, logitsOf } from "@ils/label-smoothing/logits";
 * const points = asPoints(logitsOf([[2, 1, 0], [0, 1, 2]]));
 * strictEqual(points.columns, 3);
 * ```
 */
export function asPoints<Data extends Float32Array | Float64Array>(
  matrix: Matrix<Data>,
): Points<Data> {
  return matrix as Points<Data>;
}

/**
 * Logits from literal rows.
 *
 * @param rows `[n, classes]`, all of the same length
 * @throws {BadInput} if the rows differ in length
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * const { data } = softmax(logitsOf([[0, Math.log(3)]]));
 * strictEqual(data[1].toFixed(4), "0.7500");
 * ```
 */
export function logitsOf(
  rows: readonly (readonly number[])[],
): Logits<Float64Array> {
  return asLogits(matrixOf(rows));
}

/**
 * Probabilities from literal rows, checked.
 *
 * @param rows `[n, classes]`, all of the same length, with entries at least 0 that
 * sum to 1 within 0.001
 * @throws {BadInput} if the rows differ in length or are not distributions
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf } from "@ils/label-smoothing/logits";
 * strictEqual(probabilitiesOf([[0.9, 0.1], [0.3, 0.7]]).rows, 2);
 * ```
 */
export function probabilitiesOf(
  rows: readonly (readonly number[])[],
): Probabilities<Float64Array> {
  return asProbabilities(matrixOf(rows));
}

/**
 * Points from literal rows.
 *
 * @param rows `[n, dimensions]`, all of the same length
 * @throws {BadInput} if the rows differ in length
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { pointsOf } from "@ils/label-smoothing/logits";
 * strictEqual(pointsOf([[0, 0], [0, 1], [1, 0], [1, 1]]).rows, 4);
 * ```
 */
export function pointsOf(
  rows: readonly (readonly number[])[],
): Points<Float64Array> {
  return asPoints(matrixOf(rows));
}

/**
 * Throws unless every entry is at least 0 and every row sums to 1 within 0.001.
 *
 * @param doing start of the message, such as "Cannot measure calibration"
 * @throws {BadInput} naming the first row that is not a distribution
 */
export function checkDistributions(
  doing: string,
  { data, rows, columns }: Matrix,
): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = i * columns; k < (i + 1) * columns; k++) {
      if (data[k] < 0) {
        throw new BadInput(
          `${doing} as probabilities must not be negative: row ${i} contains ` +
            data[k],
        );
      }
      sum += data[k];
    }
    if (!sumsToOne(sum)) {
      throw new BadInput(
        `${doing} as probabilities must sum to 1: row ${i} sums to ${sum}`,
      );
    }
  }
}

/**
 * Whether a sum of probabilities is 1, except for rounding; not for NaN.
 *
 * @param tolerance accepted error (0.001)
 */
export function sumsToOne(sum: number, tolerance = SUM_TOLERANCE): boolean {
  // The rounding of a sum such as 0.999 does not count.
  return Math.abs(sum - 1) <= tolerance * (1 + 1e-9);
}
