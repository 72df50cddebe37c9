/**
 * What the rows of a matrix are: logits, probabilities or points. The kinds
 * are types alone, so that one cannot be passed for another; a value of any of
 * them is a plain matrix at run time.
 */
import { BadInput } from "./bad_input.ts";
import { type Matrix, matrixOf } from "./matrix.ts";

/** A matrix of which it is not known what its rows are. */
export interface PlainMatrix<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Tells the types apart; no value has it at run time. */
  readonly "~kind"?: never;
}

/** Unnormalised log-probabilities `[n, classes]`, a row for each sample. */
export interface Logits<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Tells the types apart; no value has it at run time. */
  readonly "~kind": "logits";
}

/** Distributions `[n, classes]`: rows at least 0 that sum to 1. */
export interface Probabilities<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Tells the types apart; no value has it at run time. */
  readonly "~kind": "probabilities";
}

/** Coordinates `[n, dimensions]`, a row for each point. */
export interface Points<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> extends Matrix<Data> {
  /** Tells the types apart; no value has it at run time. */
  readonly "~kind": "points";
}

/** How far from 1 a row of probabilities may sum; half precision stays within. */
const SUM_TOLERANCE = 1e-3;

/**
 * The same matrix as logits, not copied.
 *
 * @param matrix `[n, classes]`
 *
 * @example
 * ```ts
 * import { matrix } from "./matrix.ts";
 * import { asLogits } from "./matrix_kinds.ts";
 * const logits = asLogits(matrix(Float32Array.of(2, 1, 0, 3), 2));
 * // two rows of two classes: 2 1 and 0 3
 * ```
 */
export function asLogits<Data extends Float32Array | Float64Array>(
  matrix: PlainMatrix<Data>,
): Logits<Data> {
  return matrix as Matrix<Data> as Logits<Data>;
}

/**
 * The same matrix as probabilities, checked and not copied.
 *
 * @param matrix `[n, classes]`, rows at least 0 that sum to 1 within 0.001
 * @throws {BadInput} naming the first row that is no distribution
 *
 * @example
 * ```ts
 * import { matrix } from "./matrix.ts";
 * import { asProbabilities } from "./matrix_kinds.ts";
 * const even = asProbabilities(matrix(Float32Array.of(0.5, 0.5), 2));
 * ```
 */
export function asProbabilities<Data extends Float32Array | Float64Array>(
  matrix: PlainMatrix<Data>,
): Probabilities<Data> {
  checkDistributions("Cannot take rows", matrix);
  return matrix as Matrix<Data> as Probabilities<Data>;
}

/**
 * The same matrix as points, not copied. Rows of any kind are points of their
 * space: logits can be embedded.
 *
 * @param matrix `[n, dimensions]`
 *
 * @example
 * ```ts
 * import { asPoints, logitsOf } from "./matrix_kinds.ts";
 * const points = asPoints(logitsOf([[2, 1, 0], [0, 1, 2]]));
 * // two points of three dimensions
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
 * @param rows `[n, classes]`, all of one length
 * @throws {BadInput} for rows of different lengths
 *
 * @example
 * ```ts
 * import { logitsOf } from "./matrix_kinds.ts";
 * import { softmax } from "./logits/softmax.ts";
 * softmax(logitsOf([[0, Math.log(3)]])); // 1/4, 3/4
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
 * @param rows `[n, classes]`, all of one length, at least 0, summing to 1
 * within 0.001
 * @throws {BadInput} for rows of different lengths or that are no distributions
 *
 * @example
 * ```ts
 * import { probabilitiesOf } from "./matrix_kinds.ts";
 * const two = probabilitiesOf([[0.9, 0.1], [0.3, 0.7]]);
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
 * @param rows `[n, dimensions]`, all of one length
 * @throws {BadInput} for rows of different lengths
 *
 * @example
 * ```ts
 * import { pointsOf } from "./matrix_kinds.ts";
 * const corners = pointsOf([[0, 0], [0, 1], [1, 0], [1, 1]]);
 * ```
 */
export function pointsOf(
  rows: readonly (readonly number[])[],
): Points<Float64Array> {
  return asPoints(matrixOf(rows));
}

/**
 * Throws unless every row is at least 0 and sums to 1 within 0.001.
 *
 * @param doing how the message starts, such as "Cannot measure calibration"
 * @throws {BadInput} naming the first row that is no distribution
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
          `${doing} as probabilities must not be negative: row ${i} holds ${
            data[k]
          }`,
        );
      }
      sum += data[k];
    }
    // Written so that NaN, too, is refused.
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new BadInput(
        `${doing} as probabilities must sum to 1: row ${i} sums to ${sum}`,
      );
    }
  }
}
