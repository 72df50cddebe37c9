import assert from "node:assert/strict";
import { solveSymmetric } from "../../lib/statistics/cholesky.ts";

Deno.test("solveSymmetric() solves a system worked by hand", () => {
  // The factor is [[2], [1, 3], [3, 0, 1]].
  const matrix = [[4, 2, 6], [2, 10, 3], [6, 3, 10]];
  assert.deepEqual(solveSymmetric(matrix, [12, 15, 19]), [1, 1, 1]);
});

Deno.test("solveSymmetric() rejects a matrix that is not positive definite", () => {
  for (const matrix of [[[0]], [[1, 2], [2, 1]], [[NaN]]]) {
    assert.throws(
      () => solveSymmetric(matrix, matrix.map(() => 1)),
      /not positive definite/,
    );
  }
});
