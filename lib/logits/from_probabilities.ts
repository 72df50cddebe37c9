import { BadInput, checkRange } from "../bad_input.ts";
import {
  asLogits,
  type Logits,
  type PlainMatrix,
  SUM_TOLERANCE,
  sumsToOne,
} from "../matrix_kinds.ts";
import { logSoftmaxRow } from "./softmax.ts";

/** Deviation from 1 of a sum in float32, which leaves probabilities as they are. */
const NOISE = 1e-5;

/** How the numbers of rows were rounded. */
export interface RoundedRows {
  /**
   * Machine epsilon of their type (that of float32), such as 2^-7 for bfloat16, as
   * `storedPrecision()` finds it out.
   */
  readonly precision?: number;
}

/** Sums that are so far from 1 may be those of rounded probabilities. */
const ROUNDED = 0.1;

/**
 * Probabilities as logits: `log p`, after dividing each row by its sum if that differs
 * from 1 by more than 0.00001. `softmax()` returns exactly these probabilities; one of 0
 * becomes -Infinity. So everything that takes logits, such as temperature scaling, takes
 * probabilities: `softmax(log p / T)` is `p^(1/T)`, normalised.
 *
 * @param probabilities `[n, classes]`, at least 0, rows that sum to 1 within 0.001, or
 * within the `precision` if that is more: the entries and their divisor are rounded
 * @returns `[n, classes]`, at most 0
 * @throws {BadInput} naming the first row that is no distribution
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { logitsOfProbabilities, matrixOf } from "@ils/label-smoothing/logits";
 * const { data } = logitsOfProbabilities(matrixOf([[0.25, 0.75], [0, 1]]));
 * const expected = [Math.log(0.25), Math.log(0.75), -Infinity, 0];
 * deepStrictEqual([...data], expected);
 * ```
 */
export function logitsOfProbabilities(
  probabilities: PlainMatrix,
  options: RoundedRows = {},
): Logits<Float64Array> {
  const { precision = 0 } = options;
  const doing = "Cannot take rows as probabilities";
  const tolerance = Math.max(SUM_TOLERANCE, precision);
  return logitsOfShares(probabilities, (values, i) => {
    const sum = sumOf(values, `${doing} as row ${i} (from 0)`);
    if (!sumsToOne(sum, tolerance)) {
      throw new BadInput(
        `${doing} as row ${i} (from 0) sums to ${
          numeral(sum)
        } but must sum to 1 ` +
          `within ${numeral(tolerance)}${
            Math.abs(sum - 1) < ROUNDED
              ? "; divide rounded rows by their sums"
              : ""
          }`,
      );
    }
    return Math.abs(sum - 1) > NOISE ? sum : 1;
  });
}

/**
 * Logarithms of probabilities as logits: the same numbers, after subtracting the
 * logarithm of each row's sum of probabilities. -Infinity is a probability of 0.
 *
 * @param logarithms `[n, classes]`; the exponentials of each row sum to 1 within 0.001,
 * or within the `precision` times the row's entropy (at least 1) if that is more: a
 * rounded logarithm changes its probability by as much as it is away from 0
 * @returns `[n, classes]`, at most 0
 * @throws {BadInput} naming the first row that is no distribution
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import {
 *   logitsOfLogProbabilities,
 *   matrixOf,
 * } from "@ils/label-smoothing/logits";
 * const rows = matrixOf([[0, -Infinity]]);
 * deepStrictEqual([...logitsOfLogProbabilities(rows).data], [0, -Infinity]);
 * ```
 */
export function logitsOfLogProbabilities(
  logarithms: PlainMatrix,
  options: RoundedRows = {},
): Logits<Float64Array> {
  const { precision = 0 } = options;
  return mapRows(logarithms, (values, i) => {
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    const tolerance = Math.max(
      SUM_TOLERANCE,
      precision * Math.max(1, entropyOf(values)),
    );
    if (sumsToOne(sum, tolerance)) return logSoftmaxRow(values);
    throw new BadInput(
      `Cannot take rows as logarithms of probabilities as those of row ${i} ` +
        `(from 0) sum to ${numeral(sum)} but must sum to 1 within ` +
        numeral(tolerance),
    );
  });
}

/**
 * Votes as logits: the logarithms of their shares, which `softmax()` returns exactly. A
 * class without votes is at -Infinity.
 *
 * @param votes `[n, classes]`, at least 0 and not all 0 in a row
 * @returns `[n, classes]`, at most 0
 * @throws {BadInput} naming the first row that has no votes, or negative ones
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { logitsOfVotes, matrixOf } from "@ils/label-smoothing/logits";
 * const { data } = logitsOfVotes(matrixOf([[3, 1, 0]]));
 * deepStrictEqual([...data], [Math.log(0.75), Math.log(0.25), -Infinity]);
 * ```
 */
export function logitsOfVotes(votes: PlainMatrix): Logits<Float64Array> {
  return logitsOfShares(votes, (values, i) => {
    const where = `Cannot take rows as votes as row ${i} (from 0)`;
    const sum = sumOf(values, where);
    if (sum > 0 && sum < Infinity) return sum;
    throw new BadInput(`${where} sums to ${sum} but must have votes`);
  });
}

/**
 * Logits whose probabilities are at least a floor: probabilities below it are raised to
 * it, and rows are normalised again. So a label with a probability of 0 gets a finite
 * log loss, which the floor then determines.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param floor in (0, 1 / classes)
 * @returns `[n, classes]`, log-probabilities
 * @throws {BadInput} if the floor is outside its range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { floorLogits, logitsOf, softmax } from "@ils/label-smoothing/logits";
 * const floored = floorLogits(logitsOf([[0, -Infinity]]), 0.01);
 * strictEqual(softmax(floored).data[1].toFixed(6), "0.009901"); // 0.01 / 1.01
 * ```
 */
export function floorLogits(
  logits: Logits,
  floor: number,
): Logits<Float64Array> {
  checkRange("The floor of probabilities", floor, {
    low: 0,
    high: 1 / logits.columns,
    lowOpen: true,
    highOpen: true,
  });
  const least = Math.log(floor);
  return mapRows(
    logits,
    (values) =>
      logSoftmaxRow(logSoftmaxRow(values).map((z) => Math.max(z, least))),
  );
}

/** Makes each row of another; `values` is one array for all rows. */
function mapRows(
  rows: PlainMatrix | Logits,
  rowOf: (values: Float64Array, i: number) => Float64Array,
): Logits<Float64Array> {
  const { rows: n, columns } = rows;
  const data = new Float64Array(n * columns);
  const values = new Float64Array(columns);
  for (let i = 0; i < n; i++) {
    const start = i * columns;
    for (let k = 0; k < columns; k++) values[k] = rows.data[start + k];
    data.set(rowOf(values, i), start);
  }
  return asLogits({ data, rows: n, columns });
}

/** Logarithms of the entries of each row, divided by a number, with these quotients. */
function logitsOfShares(
  rows: PlainMatrix,
  divisorOf: (values: Float64Array, i: number) => number,
): Logits<Float64Array> {
  const { data: shares, rows: n, columns } = mapRows(rows, (values, i) => {
    const divisor = divisorOf(values, i);
    for (let k = 0; k < values.length; k++) values[k] /= divisor;
    return values;
  });
  const logits = asLogits({ data: shares.map(Math.log), rows: n, columns });
  return { ...logits, probabilities: shares };
}

/** The sum of a row of numbers of at least 0. */
function sumOf(values: Float64Array, where: string): number {
  let sum = 0;
  for (const value of values) {
    if (!(value >= 0)) {
      throw new BadInput(`${where} contains ${value} but must be at least 0`);
    }
    sum += value;
  }
  return sum;
}

/** The entropy of a row of logarithms of probabilities. */
function entropyOf(logarithms: Float64Array): number {
  return logarithms.reduce(
    (sum, log) => log === -Infinity ? sum : sum - log * Math.exp(log),
    0,
  );
}

/** A sum, short but distinguishable from 1. */
function numeral(sum: number): string {
  return `${Number(sum.toPrecision(6))}`;
}
