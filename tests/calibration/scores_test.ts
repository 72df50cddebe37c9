import assert from "node:assert/strict";
import {
  accuracy,
  brier,
  logitsLogLoss,
  logLoss,
} from "../../lib/calibration/scores.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { assertClose } from "./close.ts";
import { labels, probabilities } from "./ten_predictions.ts";
import { logitsOf, probabilitiesOf } from "../../lib/matrix_kinds.ts";

Deno.test("accuracy() of ten predictions is 6 of 10", () => {
  assert.equal(accuracy(probabilities, labels), 0.6);
});

Deno.test("accuracy() counts the first class as predicted in a tie", () => {
  const tie = probabilitiesOf([[0.5, 0.5], [0.5, 0.5]]);
  assert.equal(accuracy(tie, Int32Array.of(0, 1)), 0.5);
});

Deno.test("logLoss() is the mean natural logarithm at the label", () => {
  const p = probabilitiesOf([[0.5, 0.5], [0.2, 0.8]]);
  const byHand = -(Math.log(0.5) + Math.log(0.2)) / 2;
  assertClose(logLoss(p, Int32Array.of(1, 0)), byHand);
});

Deno.test("logLoss() is infinite if a label has probability 0", () => {
  const p = probabilitiesOf([[0.5, 0.5], [1, 0]]);
  assert.equal(logLoss(p, Int32Array.of(0, 1)), Infinity);
});

Deno.test("logLoss() of certain and right predictions is 0, not -0", () => {
  const zero = logLoss(probabilitiesOf([[1, 0]]), Int32Array.of(0));
  assert.ok(Object.is(zero, 0));
});

Deno.test("logitsLogLoss() equals logLoss() of the softmax", () => {
  const logits = logitsOf([[1, 2, -1], [0.5, 0, 3]]);
  const y = Int32Array.of(1, 0);
  for (const temperature of [0.5, 1, 3]) {
    assertClose(
      logitsLogLoss(logits, y, temperature),
      logLoss(softmax(logits, temperature), y),
    );
  }
});

Deno.test("logitsLogLoss() is finite if a probability rounds to 0", () => {
  const logits = logitsOf([[2000, 0]]);
  assert.equal(logLoss(softmax(logits), Int32Array.of(1)), Infinity);
  assert.equal(logitsLogLoss(logits, Int32Array.of(1)), 2000);
  assert.equal(logitsLogLoss(logits, Int32Array.of(1), 0.5), 4000);
});

Deno.test("brier() sums over the classes and averages over the rows", () => {
  const p = probabilitiesOf([[0.5, 0.3, 0.2], [0.1, 0.6, 0.3]]);
  const first = 0.5 ** 2 + 0.3 ** 2 + 0.2 ** 2; // label 0
  const second = 0.1 ** 2 + 0.6 ** 2 + 0.7 ** 2; // label 2
  assertClose(brier(p, Int32Array.of(0, 2)), (first + second) / 2);
});

Deno.test("brier() is 0 if certain and right, 2 if certain and wrong", () => {
  const sure = probabilitiesOf([[1, 0, 0]]);
  assert.equal(brier(sure, Int32Array.of(0)), 0);
  assert.equal(brier(sure, Int32Array.of(2)), 2);
});
