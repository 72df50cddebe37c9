import assert from "node:assert/strict";
import {
  classwiseEce,
  labelConditionalEce,
} from "../../lib/calibration/classwise_error.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { labels, probabilities } from "./ten_predictions.ts";

Deno.test("classwiseEce() of ten predictions matches a calculation by hand", () => {
  // |number of labels k - sum of p_k| in each of the three bins, per class.
  const class0 = Math.abs(4 - 1.1) + Math.abs(1 - 0.4) + Math.abs(1 - 0.7);
  const class1 = Math.abs(0 - 1.1) + Math.abs(0 - 0.5) + Math.abs(1 - 0.8);
  const class2 = Math.abs(1 - 1.1) + Math.abs(0 - 0.6) + Math.abs(2 - 1.8);
  const class3 = Math.abs(0 - 1.0) + Math.abs(0 - 0.9);
  const byHand = (class0 + class1 + class2 + class3) / 10 / 4;
  assertClose(byHand, 0.21);
  assertClose(classwiseEce(probabilities, labels, 3), byHand);
});

Deno.test("classwiseEce() includes classes without rows", () => {
  const p = probabilitiesOf([[0.75, 0.25], [0.75, 0.25]]);
  // Class 0: |1 - .75|; class 1, never seen: |0 - .25|.
  assertClose(classwiseEce(p, Int32Array.of(0, 0), 2), 0.25);
});

Deno.test("labelConditionalEce() of ten predictions matches a calculation by hand", () => {
  // |number right - sum of confidences| in each bin that has rows, per label.
  const label0 = (Math.abs(1 - 0.6) + Math.abs(1 - 1.0) + Math.abs(1 - 1.6)) /
    6;
  const label1 = Math.abs(1 - 0.8);
  const label2 = (Math.abs(0 - 0.5) + Math.abs(2 - 1.8)) / 3;
  // No row has label 3: the mean is over three classes.
  const byHand = (label0 + label1 + label2) / 3;
  assertClose(byHand, 0.2);
  assertClose(labelConditionalEce(probabilities, labels, 3), byHand);
});

Deno.test("labelConditionalEce() is above 0 even if classwiseEce() is 0", () => {
  // Predicts 3/4 and is right in 3 of 4 rows: perfectly calibrated.
  const p = probabilitiesOf(Array(4).fill([0.75, 0.25]));
  const y = Int32Array.of(0, 0, 0, 1);
  assertClose(classwiseEce(p, y, 4), 0);
  // Label 0: always right, |1 - .75|; label 1: never, |0 - .75|.
  assertClose(labelConditionalEce(p, y, 4), 0.5);
});

Deno.test("classwiseEce() and labelConditionalEce() of one class are 0", () => {
  const p = probabilitiesOf([[1], [1]]);
  for (const measure of [classwiseEce, labelConditionalEce]) {
    assert.equal(measure(p, Int32Array.of(0, 0), 10), 0);
  }
});
