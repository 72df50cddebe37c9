import assert from "node:assert/strict";
import {
  argMax,
  matrix,
  matrixOf,
  row,
  takeColumns,
  takeRows,
} from "../lib/matrix.ts";

Deno.test("matrix() shapes numbers without copying them", () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const shaped = matrix(data, 3);
  assert.equal(shaped.data, data);
  assert.deepEqual([shaped.rows, shaped.columns], [2, 3]);
});

Deno.test("matrix() refuses numbers that do not fill complete rows", () => {
  for (const columns of [4, 0, -1]) {
    assert.throws(() => matrix(new Float32Array(6), columns), {
      name: "BadInput",
      message: `Cannot shape 6 numbers into rows of ${columns}`,
    });
  }
});

Deno.test("matrixOf() keeps rows in order and refuses ragged ones", () => {
  const { data, rows, columns } = matrixOf([[1, 2], [3, 4], [5, 6]]);
  assert.deepEqual([...data], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([rows, columns], [3, 2]);
  assert.throws(() => matrixOf([[1, 2], [3]]), {
    name: "BadInput",
    message: "Cannot build a matrix from rows of different lengths",
  });
});

Deno.test("row() is a view: writing to it changes the matrix", () => {
  const two = matrixOf([[1, 2], [3, 4]]);
  row(two, 1)[0] = 9;
  assert.deepEqual([...two.data], [1, 2, 9, 4]);
});

Deno.test("takeRows() copies rows in the order of the indices, also repeatedly", () => {
  const three = matrixOf([[1, 2], [3, 4], [5, 6]]);
  const taken = takeRows(three, [2, 0, 2]);
  assert.deepEqual([...taken.data], [5, 6, 1, 2, 5, 6]);
  assert.deepEqual([taken.rows, taken.columns], [3, 2]);
  taken.data[0] = 0;
  assert.equal(three.data[4], 5);
});

Deno.test("takeColumns() copies columns in the order of the indices", () => {
  const taken = takeColumns(matrixOf([[1, 2, 3], [4, 5, 6]]), [2, 0, 2]);
  assert.deepEqual(taken, matrixOf([[3, 1, 3], [6, 4, 6]]));
  const single = takeColumns(matrix(Float32Array.of(1, 2), 2), [1, 0]);
  assert.deepEqual(single.data, Float32Array.of(2, 1));
});

Deno.test("takeRows() keeps the number type", () => {
  const single = matrix(Float32Array.of(1, 2), 1);
  assert.ok(takeRows(single, [1]).data instanceof Float32Array);
  const double = matrix(Float64Array.of(1, 2), 1);
  assert.ok(takeRows(double, [1]).data instanceof Float64Array);
});

Deno.test("argMax() returns the first largest entry of its row", () => {
  const rows = matrixOf([[9, 8, 7], [1, 3, 3], [-2, -1, -3]]);
  assert.deepEqual([0, 1, 2].map((i) => argMax(rows, i)), [0, 1, 1]);
});
