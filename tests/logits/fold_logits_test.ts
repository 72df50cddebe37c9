import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { foldLogits } from "../../lib/logits/fold_logits.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";

const A = logitsOf([[1, 2], [3, 4], [5, 6]]);
const B = asLogits(matrix(Float32Array.of(10, 20, 30, 40, 50, 60), 2));

Deno.test("foldLogits() takes each row from the network of its fold alone", () => {
  const { data, rows, columns } = foldLogits([A, B], Int32Array.of(1, 0, 1));
  assert.deepEqual([rows, columns], [3, 2]);
  assert.deepEqual(data, Float64Array.of(10, 20, 3, 4, 50, 60));
});

Deno.test("foldLogits() refuses folds without a network, and other shapes", () => {
  assert.throws(
    () => foldLogits([A, B], Int32Array.of(1, 2, 0)),
    new BadInput(
      "Cannot take logits by fold: row 1 (from 0) is of fold 2, and there " +
        "are 2 members",
    ),
  );
  assert.throws(
    () => foldLogits([A, logitsOf([[1, 2]])], Int32Array.of(0, 1, 0)),
    new BadInput(
      "Cannot take logits by fold: 3 samples have one, and member 1 (from 0) " +
        "holds 1 rows of 2 classes, the first of 2",
    ),
  );
});
