import assert from "node:assert/strict";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { classShapes } from "../../lib/smoothing/class_shapes.ts";
import { assertClose } from "./close.ts";

const LOG3 = Math.log(3);

Deno.test("classShapes() averages its rows' shapes per class", () => {
  // Over the wrong classes: (3/4, 1/4) and (1/4, 3/4) for class 0, whose mean
  // is uniform, and one row each for classes 1 and 2.
  const logits = logitsOf([
    [9, LOG3, 0],
    [1, 0, LOG3],
    [LOG3, 5, 0],
    [0, 0, 8],
  ]);
  const shapes = classShapes(logits, Int32Array.of(0, 0, 1, 2), 1);
  assertClose(shapes[0], [0, 0.5, 0.5], 1e-15);
  assertClose(shapes[1], [0.75, 0, 0.25], 1e-15);
  assertClose(shapes[2], [0.5, 0.5, 0], 1e-15);
});

Deno.test("classShapes() averages distributions, not logits", () => {
  // (3/4, 1/4) and (1/2, 1/2): their mean is (5/8, 3/8); the mean of the logits
  // would give sqrt(3) to 1.
  const logits = logitsOf([[0, LOG3, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]);
  const shapes = classShapes(logits, Int32Array.of(0, 0, 1, 2), 1);
  assertClose(shapes[0], [0, 5 / 8, 3 / 8], 1e-15);
});

Deno.test("classShapes() refuses a class without rows", () => {
  assert.throws(
    () => classShapes(logitsOf([[1, 2, 3], [1, 2, 3]]), Int32Array.of(0, 2), 1),
    /^BadInput: Cannot build class-based targets as every class must have a row: class 1 has none$/,
  );
});
