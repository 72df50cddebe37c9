import type { NpyData } from "../npy_types.ts";

/** What the values of an array are. */
export type ValueType = "real" | "whole" | "boolean" | "text";

/** The values of an array in row-major order; booleans are 0 and 1. */
export interface ArrayValues {
  readonly data: NpyData | readonly string[];
  /** Length of each axis; empty for a single value. */
  readonly shape: readonly number[];
  readonly type: ValueType;
}

/** An array in a file, whose values are decoded on demand. */
export interface StoredArray {
  /** Its name in the file; undefined in a file that is one array. */
  readonly key: string | undefined;
  /** Its name in messages, such as `a.npz:labels`. */
  readonly source: string;
  readonly shape: readonly number[];
  /** The type of its values; undefined if they are none of these. */
  readonly type: ValueType | undefined;
  /**
   * The first cell that makes a column text although most of its cells are numbers, such as
   * `line 58 has "12.5%"`; undefined if there is none.
   */
  readonly oddCell?: string | undefined;
  /**
   * Decodes the values.
   *
   * @throws {BadInput} if they are damaged or of an unsupported type
   */
  read(): ArrayValues;
}

/** The arrays of a file. */
export interface ArrayFile {
  /** Path of the file, for messages. */
  readonly path: string;
  readonly arrays: readonly StoredArray[];
  /**
   * Whether the file is a table: arrays of shape `[n]` are columns, and several may
   * form a matrix.
   */
  readonly isTable: boolean;
  /** What is worth knowing about how the file was read. */
  readonly remarks: readonly string[];
  /** The table with its first line as a row instead of a header, or the reverse. */
  readonly otherwise?: () => ArrayFile;
}
