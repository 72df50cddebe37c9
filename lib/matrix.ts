import { BadInput } from "./bad_input.ts";

/** Rows of numbers, row-major: entry (i, j) is `data[i * columns + j]`. */
export interface Matrix<
  Data extends Float32Array | Float64Array = Float32Array | Float64Array,
> {
  readonly data: Data;
  readonly rows: number;
  readonly columns: number;
}

/**
 * A matrix over existing numbers, which it does not copy.
 *
 * @throws {BadInput} if `data.length` is not a multiple of `columns`
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

/** The same matrix built from literal rows, for examples and tests. */
export function matrixOf(
  rows: readonly (readonly number[])[],
): Matrix<Float64Array> {
  const columns = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== columns)) {
    throw new BadInput("Cannot build a matrix from rows of different lengths");
  }
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns };
}

/** Row `i` as a view, not a copy. */
export function row<Data extends Float32Array | Float64Array>(
  matrix: Matrix<Data>,
  i: number,
): Data {
  const start = i * matrix.columns;
  return matrix.data.subarray(start, start + matrix.columns) as Data;
}

/** The given rows in the given order, copied, as a matrix of the same kind. */
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

/** Column of the largest entry of row `i`; the first one among equals. */
export function argMax(matrix: Matrix, i: number): number {
  const { data, columns } = matrix;
  let best = i * columns;
  for (let k = best + 1; k < (i + 1) * columns; k++) {
    if (data[k] > data[best]) best = k;
  }
  return best - i * columns;
}
