import assert from "node:assert/strict";
import { sphericalScore } from "../../lib/calibration/spherical_score.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { METRICS_REFERENCE } from "./metrics_reference.ts";

Deno.test("sphericalScore() equals that of scikit-learn's normalize", () => {
  for (const { logits, labels, unbinned } of METRICS_REFERENCE) {
    const value = sphericalScore(softmax(logits), labels);
    assertClose(value, unbinned.sphericalScore!);
  }
});

Deno.test("sphericalScore() is 1 for certain and right, 0 for certain and wrong", () => {
  const sure = probabilitiesOf([[0, 1, 0]]);
  assert.equal(sphericalScore(sure, Int32Array.of(1)), 1);
  assert.equal(sphericalScore(sure, Int32Array.of(0)), 0);
  const even = probabilitiesOf([[0.25, 0.25, 0.25, 0.25]]);
  assert.equal(sphericalScore(even, Int32Array.of(3)), 0.5);
});

Deno.test("sphericalScore() refuses rows that are not distributions", () => {
  const wrong = probabilitiesOf([[0.5, 0.5]]);
  assert.throws(() => sphericalScore(wrong, Int32Array.of(2)), /row 0 has 2/);
  wrong.data[0] = 0.9;
  assert.throws(() => sphericalScore(wrong, Int32Array.of(0)), /sums to 1.4/);
});
