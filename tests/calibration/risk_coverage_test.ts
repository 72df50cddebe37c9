import assert from "node:assert/strict";
import {
  augrc,
  aurc,
  riskCoverage,
} from "../../lib/calibration/risk_coverage.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";

/** Two classes, the first predicted; a label of 0 is right. */
const predictions = (confidences: readonly number[]) =>
  probabilitiesOf(confidences.map((p) => [p, 1 - p]));

Deno.test("aurc() is the mean error rate over coverages", () => {
  const p = predictions([0.6, 0.9, 0.8, 0.7]);
  const labels = Int32Array.of(1, 0, 1, 0);
  // By confidence: right, wrong, right, wrong. Rates 0, 1/2, 1/3, 1/2.
  assertClose(aurc(p, labels), (0 / 2 + 1 / 2 + 1 / 3 + 1 / 4) / 3);
  // Errors as shares of all rows: 0, 1/4, 1/4, 2/4.
  assertClose(augrc(p, labels), (0 / 2 + 1 / 4 + 1 / 4 + 1 / 4) / 3);
});

Deno.test("aurc() and augrc() are 0 without errors and 1 and 1/2 + 1/(2n) with errors only", () => {
  const p = predictions([0.9, 0.8, 0.7]);
  const [right, wrong] = [Int32Array.of(0, 0, 0), Int32Array.of(1, 1, 1)];
  assert.deepEqual([aurc(p, right), augrc(p, right)], [0, 0]);
  assertClose(aurc(p, wrong), 1);
  assertClose(augrc(p, wrong), (1 / 6 + 2 / 3 + 1 / 2) / 2);
});

Deno.test("aurc() and augrc() of equal confidences are the mean over orders", () => {
  const tied = predictions([0.9, 0.7, 0.7, 0.7, 0.6]);
  const labels = Int32Array.of(0, 1, 0, 0, 1);
  // The error is the second, third or fourth row.
  const orders = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((middle) =>
    Int32Array.of(0, ...middle, 1)
  );
  const distinct = predictions([0.9, 0.75, 0.72, 0.7, 0.6]);
  for (const metric of [aurc, augrc]) {
    const values = orders.map((order) => metric(distinct, order));
    assertClose(metric(tied, labels), values.reduce((a, b) => a + b) / 3);
    assert.equal(
      metric(tied, labels),
      metric(tied, orders[2]),
      "order of rows",
    );
  }
});

Deno.test("aurc() and augrc() of a single row are its error", () => {
  const p = predictions([0.9]);
  for (const metric of [aurc, augrc]) {
    assert.equal(metric(p, Int32Array.of(0)), 0);
    assert.equal(metric(p, Int32Array.of(1)), 1);
  }
});

Deno.test("aurc() and augrc() refuse rows that are not distributions", () => {
  const wrong = probabilitiesOf([[0.5, 0.5]]);
  wrong.data[0] = 0.9;
  for (const metric of [aurc, augrc]) {
    assert.throws(() => metric(wrong, Int32Array.of(0)), /row 0/i);
    assert.throws(() => metric(predictions([0.6]), Int32Array.of(2)), /2/);
  }
});

Deno.test("riskCoverage() has the areas of aurc() and augrc()", () => {
  const confidences = [0.9, 0.6, 0.8, 0.7, 0.7];
  const labels = Int32Array.of(0, 1, 1, 0, 1);
  const correct = Array.from(labels, (label) => 1 - label);
  const found = riskCoverage(confidences, correct);
  assert.equal(found.aurc, aurc(predictions(confidences), labels));
  assert.equal(found.augrc, augrc(predictions(confidences), labels));
});

Deno.test("riskCoverage() has the error rate at each coverage", () => {
  const confidence = [4, 1, 3, 2];
  const { curve } = riskCoverage(confidence, [1, 0, 0, 1]);
  assert.deepEqual(curve, [
    { coverage: 0.25, risk: 0 },
    { coverage: 0.5, risk: 0.5 },
    { coverage: 0.75, risk: 1 / 3 },
    { coverage: 1, risk: 0.5 },
  ]);
  const { curve: few } = riskCoverage(confidence, [1, 0, 0, 1], 3);
  assert.deepEqual(few.map(({ coverage }) => coverage), [0.5, 0.75, 1]);
});

Deno.test("riskCoverage() refuses scores that do not match", () => {
  assert.throws(() => riskCoverage([], []), /at least one/);
  assert.throws(() => riskCoverage([1], [1, 0]), /1 and 2/);
  assert.throws(() => riskCoverage([1, NaN], [1, 0]), /row 1 .* NaN/);
  assert.throws(() => riskCoverage([1, 2], [1, 2]), /row 1 .* 2$/);
  assert.throws(() => riskCoverage([1], [1], 0), /points/);
});
