import assert from "node:assert/strict";
import {
  ace,
  ece,
  mce,
  overconfidence,
  underconfidence,
} from "../../lib/calibration/calibration_error.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { METRICS_REFERENCE } from "./metrics_reference.ts";
import { labels, probabilities } from "./ten_predictions.ts";

// Gaps of the three bins: |1/2 - .3|, |1/3 - .5|, |4/5 - .84|.
const GAPS = [0.2, 1 / 6, 0.04];

Deno.test("ece() weights the gaps of bins by their rows", () => {
  const byHand = (2 * GAPS[0] + 3 * GAPS[1] + 5 * GAPS[2]) / 10;
  assertClose(byHand, 0.11);
  assertClose(ece(probabilities, labels, 3), byHand);
});

Deno.test("mce() is the largest gap", () => {
  assertClose(mce(probabilities, labels, 3), 0.2);
});

Deno.test("ace() is the unweighted mean of the gaps", () => {
  assertClose(
    ace(probabilities, labels, 3),
    (GAPS[0] + GAPS[1] + GAPS[2]) / 3,
  );
});

Deno.test("mce() and ace() ignore empty bins", () => {
  const two = probabilitiesOf([[0.9, 0.1], [0.6, 0.4]]);
  const right = Int32Array.of(0, 0);
  // Two of ten bins have a row: gaps .1 and .4.
  assertClose(ace(two, right, 10), 0.25);
  assertClose(mce(two, right, 10), 0.4);
});

Deno.test("ece() is 0 for predictions that are certain and right", () => {
  const sure = probabilitiesOf([[1, 0], [0, 1]]);
  assert.equal(ece(sure, Int32Array.of(0, 1), 10), 0);
});

Deno.test("ece(), mce() and ace() are 1 for predictions that are certain and wrong", () => {
  const sure = probabilitiesOf([[1, 0], [0, 1]]);
  const wrong = Int32Array.of(1, 0);
  for (const measure of [ece, mce, ace]) {
    assert.equal(measure(sure, wrong, 10), 1);
  }
});

Deno.test("ece() with one bin is |accuracy - mean confidence|", () => {
  // 6 of 10 are right, and the confidences sum to 6.3.
  assertClose(ece(probabilities, labels, 1), 0.03);
});

Deno.test("ece() predicts the first class in a tie", () => {
  const tie = probabilitiesOf([[0.5, 0.5]]);
  assert.equal(ece(tie, Int32Array.of(0), 2), 0.5);
  assert.equal(ece(tie, Int32Array.of(1), 2), 0.5);
  assert.equal(
    ece(probabilitiesOf([[0.4, 0.4, 0.2]]), Int32Array.of(0), 2),
    0.6,
  );
  assert.equal(
    ece(probabilitiesOf([[0.4, 0.4, 0.2]]), Int32Array.of(1), 2),
    0.4,
  );
});

Deno.test("mce() accepts more bins than a call accepts arguments", () => {
  assertClose(mce(probabilities, labels, 1_000_000), 0.9);
});

Deno.test("overconfidence() and underconfidence() split ece() by the sign of gaps", () => {
  // Three bins: confidences exceed accuracies by -0.4, 0.5 and 0.2 rows.
  assertClose(overconfidence(probabilities, labels, 3), 0.7 / 10);
  assertClose(underconfidence(probabilities, labels, 3), 0.4 / 10);
  for (const bins of [1, 4, 10]) {
    assertClose(
      overconfidence(probabilities, labels, bins) +
        underconfidence(probabilities, labels, bins),
      ece(probabilities, labels, bins),
    );
  }
});

Deno.test("overconfidence() equals that of scikit-learn's calibration_curve", () => {
  for (const { logits, labels, binned } of METRICS_REFERENCE) {
    const p = softmax(logits);
    for (
      const { bins, overconfidence: over, underconfidence: under } of binned
    ) {
      assertClose(overconfidence(p, labels, bins), over!);
      assertClose(underconfidence(p, labels, bins), under!);
    }
  }
});
