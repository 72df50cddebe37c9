/** A number, text or truth value of a table or a record. */
export type Value = string | number | boolean | null;

/** A value that is stored otherwise than it is computed. */
export interface Difference {
  /** The file that stores it, such as `tables/03-scores.json`. */
  readonly file: string;
  /** Number of the row, from 1; null if the file has no rows. */
  readonly row: number | null;
  /** Name of the column or key; null if the row or file as a whole differs. */
  readonly column: string | null;
  /** Null if it is missing. */
  readonly stored: Value;
  /** Null if it is missing. */
  readonly recomputed: Value;
}

/** What a comparison has found. */
export interface Comparison {
  /** Number of compared numbers. */
  readonly numbers: number;
  readonly differences: readonly Difference[];
}

/** Several comparisons as one. */
export function joined(parts: readonly Comparison[]): Comparison {
  return {
    numbers: parts.reduce((sum, { numbers }) => sum + numbers, 0),
    differences: parts.flatMap(({ differences }) => differences),
  };
}

/**
 * Numbers that differ by less, relative to their size, are the same: processors and
 * versions of the JavaScript engine round functions such as exp() differently.
 */
const TOLERANCE = 1e-9;

/** A difference of this size may be all that rounding leaves of 0. */
const ZERO = 1e-12;

/** Whether two values are the same, numbers up to rounding. */
export function isSame(one: Value, other: Value): boolean {
  if (typeof one !== "number" || typeof other !== "number") {
    return one === other;
  }
  const size = Math.max(Math.abs(one), Math.abs(other));
  return Math.abs(one - other) <= Math.max(TOLERANCE * size, ZERO);
}

/** A difference in one line. */
export function describeDifference(
  { file, row, column, stored, recomputed }: Difference,
): string {
  const place = [
    file,
    ...row === null ? [] : [`row ${row}`],
    ...column === null ? [] : [column],
  ].join(", ");
  return `${place}: stored ${text(stored)}, recomputed ${text(recomputed)}`;
}

function text(value: Value): string {
  return value === null ? "nothing" : String(value);
}
