import assert from "node:assert/strict";
import {
  evenOverAll,
  evenOverWrong,
  scoresOverWrong,
  teacherOverWrong,
} from "../../lib/smoothing/shape.ts";
import { shiftedShares } from "../../lib/smoothing/scores.ts";
import { assertClose } from "./close.ts";

Deno.test("evenOverAll() includes the true class, evenOverWrong() does not", () => {
  assert.deepEqual([...evenOverAll(4)], [0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual([...evenOverWrong(5, 1)], [0.25, 0, 0.25, 0.25, 0.25]);
});

Deno.test("teacherOverWrong() is the softmax of the wrong classes only", () => {
  // exp(1) and exp(0) over their sum; the true class's logit has no effect.
  const shape = [0, Math.E / (Math.E + 1), 1 / (Math.E + 1)];
  assertClose(teacherOverWrong([2, 1, 0], 0, 1), shape, 1e-15);
  assertClose(teacherOverWrong([-50, 1, 0], 0, 1), shape, 1e-15);
});

Deno.test("teacherOverWrong() becomes uniform as the temperature rises", () => {
  assertClose(
    teacherOverWrong([2, 1, 0], 0, 2),
    [0, 0.622459, 0.377541],
    5e-7,
  );
  assertClose(teacherOverWrong([2, 1, 0], 0, 1e9), [0, 0.5, 0.5], 1e-9);
});

Deno.test("teacherOverWrong() ranks wrong classes even if p_t rounds to 1", () => {
  // In float64 p_0 = 1 exactly, and p_k / (1 - p_0) would be 0/0.
  const shape = teacherOverWrong([1000, 3, 1], 0, 1);
  assertClose(shape, [0, 1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(2))], 1e-15);
});

Deno.test("scoresOverWrong() is proportional, and uniform if all scores are 0", () => {
  assert.deepEqual([...scoresOverWrong([9, 3, 1], 0)], [0, 0.75, 0.25]);
  assert.deepEqual([...scoresOverWrong([9, 0, 0], 0)], [0, 0.5, 0.5]);
  assert.deepEqual([...scoresOverWrong([0, 0, 0], 2)], [0.5, 0.5, 0]);
});

Deno.test("shiftedShares() measures each logit from the smallest", () => {
  assertClose(shiftedShares([2, 1, 0])!, [2 / 3, 1 / 3, 0], 1e-15);
  assertClose(shiftedShares([-7, -8, -9])!, [2 / 3, 1 / 3, 0], 1e-15);
});

Deno.test("shiftedShares() is undefined if all logits are equal", () => {
  assert.equal(shiftedShares([4, 4, 4]), undefined);
});

Deno.test("shiftedShares() handles logits whose difference overflows", () => {
  assertClose(shiftedShares([1.7e308, -1.7e308, 0])!, [2 / 3, 0, 1 / 3], 1e-15);
});
