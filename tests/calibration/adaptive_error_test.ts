import assert from "node:assert/strict";
import { adaptiveEce } from "../../lib/calibration/adaptive_error.ts";
import { ece } from "../../lib/calibration/calibration_error.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { labels, probabilities } from "./ten_predictions.ts";

Deno.test("adaptiveEce() splits ten predictions into bins of 4, 3 and 3", () => {
  // .3 .3 .4 .5 with 2 right | .6 .7 .8 with 2 right | .8 .9 1 with 2 right
  const byHand = (Math.abs(2 - 1.5) + Math.abs(2 - 2.1) + Math.abs(2 - 2.7)) /
    10;
  assertClose(adaptiveEce(probabilities, labels, 3), byHand);
});

Deno.test("adaptiveEce() gives each row its own bin if there are more bins", () => {
  const p = probabilitiesOf([[0.9, 0.1], [0.6, 0.4]]);
  // Right at .6, wrong at .9.
  const byHand = (Math.abs(1 - 0.6) + Math.abs(0 - 0.9)) / 2;
  for (const bins of [2, 3, 100]) {
    assertClose(adaptiveEce(p, Int32Array.of(1, 0), bins), byHand);
  }
});

Deno.test("adaptiveEce() with one bin equals ece() with one bin", () => {
  assertClose(
    adaptiveEce(probabilities, labels, 1),
    ece(probabilities, labels, 1),
  );
});

Deno.test("adaptiveEce() keeps the order of rows of equal confidence", () => {
  const p = probabilitiesOf(Array(4).fill([0.75, 0.25]));
  // Right, right | wrong, wrong: |2 - 1.5| + |0 - 1.5|.
  assert.equal(adaptiveEce(p, Int32Array.of(0, 0, 1, 1), 2), 0.5);
  // Right, wrong | right, wrong: 2 * |1 - 1.5|.
  assert.equal(adaptiveEce(p, Int32Array.of(0, 1, 0, 1), 2), 0.25);
});
