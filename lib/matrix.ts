import { BadInput } from "./bad_input.ts";

/** A row-major matrix: entry (i, j) is `data[i * columns + j]`. */
export interface Matrix<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> {
  /** The entries, `rows * columns` numbers. */
  readonly data: Data;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
}

/**
 * A matrix over existing numbers, which are not copied.
 *
 * @param data entries in row-major order
 * @param columns number of columns, a divisor of `data.length`
 * @throws {BadInput} if `data.length` is not a multiple of `columns`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { matrix } from "@ils/label-smoothing/logits";
 * strictEqual(matrix(Float32Array.of(1, 2, 3, 4, 5, 6), 3).rows, 2);
 * ```
 */
export function matrix<Data extends Float32Array | Float64Array>(
  data: Data,
  columns: number,
): Matrix<Data> {
  const rows = data.length / columns;
  if (!Number.isInteger(rows) || rows < 0) {
    throw new BadInput(
      `Cannot shape ${data.length} numbers into rows of ${columns}`,
    );
  }
  return { data, rows, columns };
}

/**
 * A matrix from literal rows, for examples and tests.
 *
 * @param rows rows of the same length
 * @throws {BadInput} if the rows differ in length
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { matrixOf } from "@ils/label-smoothing/logits";
 * strictEqual(matrixOf([[1, 2, 3], [4, 5, 6]]).columns, 3);
 * ```
 */
export function matrixOf(
  rows: readonly (readonly number[])[],
): Matrix<Float64Array> {
  const columns = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== columns)) {
    throw new BadInput("Cannot build a matrix from rows of different lengths");
  }
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns };
}

/**
 * Row `i` of a matrix, as a view and not a copy.
 *
 * @param i index in [0, rows)
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { matrixOf, row } from "@ils/label-smoothing/logits";
 * deepStrictEqual(row(matrixOf([[1, 2], [3, 4]]), 1), Float64Array.of(3, 4));
 * ```
 */
export function row<Data extends Float32Array | Float64Array>(
  matrix: Matrix<Data>,
  i: number,
): Data {
  const start = i * matrix.columns;
  return matrix.data.subarray(start, start + matrix.columns) as Data;
}

/**
 * A copy of some rows in the order of `indices`, as a matrix of the same kind.
 *
 * @param indices row indices in [0, rows), possibly repeated
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { matrixOf, takeRows } from "@ils/label-smoothing/logits";
 * const rows = takeRows(matrixOf([[1, 2], [3, 4], [5, 6]]), [2, 0]);
 * deepStrictEqual(rows, matrixOf([[5, 6], [1, 2]]));
 * ```
 */
export function takeRows<Rows extends Matrix>(
  matrix: Rows,
  indices: ArrayLike<number>,
): Rows {
  const { columns } = matrix;
  const data = matrix.data.slice(0, 0).constructor === Float32Array
    ? new Float32Array(indices.length * columns)
    : new Float64Array(indices.length * columns);
  for (let i = 0; i < indices.length; i++) {
    data.set(row(matrix, indices[i]), i * columns);
  }
  const taken: Matrix = { data, rows: indices.length, columns };
  return taken as Rows;
}

/**
 * A copy with the columns in the order of `indices`, as a matrix of the same kind.
 *
 * @param indices column indices in [0, columns)
 */
export function takeColumns<Rows extends Matrix>(
  matrix: Rows,
  indices: readonly number[],
): Rows {
  const { rows, columns } = matrix;
  const size = rows * indices.length;
  const data = matrix.data instanceof Float32Array
    ? new Float32Array(size)
    : new Float64Array(size);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (const k of indices) data[at++] = matrix.data[i * columns + k];
  }
  const taken: Matrix = { data, rows, columns: indices.length };
  return taken as Rows;
}

/**
 * The column of the largest entry of a row; the first one among equals.
 *
 * @param i index of the row, in [0, rows)
 * @returns a column in [0, columns)
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { argMax, matrixOf } from "@ils/label-smoothing/logits";
 * strictEqual(argMax(matrixOf([[0, 1, 0], [2, 1, 2]]), 1), 0);
 * ```
 */
export function argMax(matrix: Matrix, i: number): number {
  const { data, columns } = matrix;
  let best = i * columns;
  for (let k = best + 1; k < (i + 1) * columns; k++) {
    if (data[k] > data[best]) best = k;
  }
  return best - i * columns;
}
