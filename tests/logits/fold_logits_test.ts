import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { foldLogits } from "../../lib/logits/fold_logits.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";

const A = logitsOf([[1, 2], [3, 4], [5, 6]]);
const B = asLogits(matrix(Float32Array.of(10, 20, 30, 40, 50, 60), 2));

Deno.test("foldLogits() takes each row from the network of its fold only", () => {
  const { data, rows, columns } = foldLogits([A, B], Int32Array.of(1, 0, 1));
  assert.deepEqual([rows, columns], [3, 2]);
  assert.deepEqual(data, Float64Array.of(10, 20, 3, 4, 50, 60));
});

Deno.test("foldLogits() refuses folds without a network and different shapes", () => {
  assert.throws(
    () => foldLogits([A, B], Int32Array.of(1, 2, 0)),
    new BadInput(
      "Cannot take logits by fold as folds must be in [0, 2): row 1 (from 0) " +
        "has 2",
    ),
  );
  assert.throws(
    () => foldLogits([A, logitsOf([[1, 2]])], Int32Array.of(0, 1, 0)),
    new BadInput(
      "Cannot take logits by fold as network 1 (from 0) must have 3 rows of 2 " +
        "classes: it has 1 of 2",
    ),
  );
});
