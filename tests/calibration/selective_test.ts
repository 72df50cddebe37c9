import assert from "node:assert/strict";
import {
  confidenceAuroc,
  coverageAtRisk,
  riskAtCoverage,
} from "../../lib/calibration/selective.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { ACCURATE, METRICS_REFERENCE } from "./metrics_reference.ts";

/** Two classes, the first predicted; a label of 0 is right. */
const predictions = (confidences: readonly number[]) =>
  probabilitiesOf(confidences.map((p) => [p, 1 - p]));

Deno.test("riskAtCoverage() and coverageAtRisk() equal torch-uncertainty's", () => {
  for (const { logits, labels, unbinned } of METRICS_REFERENCE) {
    const p = softmax(logits);
    for (const c of [80, 90, 95] as const) {
      const expected = unbinned[`riskAtCoverage${c}`]!;
      assertClose(riskAtCoverage(p, labels, c / 100), expected);
    }
    for (const r of [1, 5] as const) {
      const expected = unbinned[`coverageAtRisk${r}`]!;
      assertClose(coverageAtRisk(p, labels, r / 100), expected);
    }
  }
});

Deno.test("coverageAtRisk() equals torch-uncertainty's CovAtxRisk where that has a value", () => {
  const { confidence, labels, coverageAtRisk1, coverageAtRisk2 } = ACCURATE;
  const p = predictions(confidence);
  const classes = Int32Array.from(labels);
  assertClose(coverageAtRisk(p, classes, 0.01), coverageAtRisk1, 1e-7);
  assertClose(coverageAtRisk(p, classes, 0.02), coverageAtRisk2, 1e-7);
});

Deno.test("confidenceAuroc() equals scikit-learn's roc_auc_score", () => {
  for (const { logits, labels, unbinned } of METRICS_REFERENCE) {
    const value = confidenceAuroc(softmax(logits), labels);
    assertClose(value, unbinned.confidenceAuroc!);
  }
});

Deno.test("riskAtCoverage() keeps at least one row, and rounds their number up", () => {
  const p = predictions([0.9, 0.8, 0.7]);
  const labels = Int32Array.of(1, 0, 0);
  assert.equal(riskAtCoverage(p, labels, 0.01), 1);
  assert.equal(riskAtCoverage(p, labels, 1 / 3), 1);
  assert.equal(riskAtCoverage(p, labels, 0.34), 1 / 2);
  assert.equal(riskAtCoverage(p, labels, 1), 1 / 3);
});

Deno.test("coverageAtRisk() is the largest coverage, also past a higher risk", () => {
  const p = predictions([0.9, 0.8, 0.7, 0.6]);
  // Error rates of the first 1 to 4 rows: 0, 1/2, 1/3, 1/4.
  const labels = Int32Array.of(0, 1, 0, 0);
  assert.equal(coverageAtRisk(p, labels, 0.25), 1);
  assert.equal(coverageAtRisk(p, labels, 0.24), 1 / 4);
});

Deno.test("coverageAtRisk() accepts exactly the risk, in spite of rounding", () => {
  const n = 100;
  const p = predictions(Array.from({ length: n }, (_, i) => 0.99 - i / 1000));
  const labels = Int32Array.from({ length: n }, (_, i) => i >= 71 ? 1 : 0);
  // 0.29 * 100 is slightly below 29.
  assert.equal(coverageAtRisk(p, labels, 0.29), 1);
});

Deno.test("Rejection of rows that are all right, or all wrong", () => {
  const p = predictions([0.9, 0.8, 0.7]);
  const [right, wrong] = [Int32Array.of(0, 0, 0), Int32Array.of(1, 1, 1)];
  assert.equal(riskAtCoverage(p, right, 0.8), 0);
  assert.equal(riskAtCoverage(p, wrong, 0.8), 1);
  assert.equal(coverageAtRisk(p, right, 0), 1);
  assert.equal(coverageAtRisk(p, wrong, 0.05), 0);
  assert.equal(coverageAtRisk(p, wrong, 1), 1);
  assert(Number.isNaN(confidenceAuroc(p, right)));
  assert(Number.isNaN(confidenceAuroc(p, wrong)));
});

Deno.test("Rejection of rows of equal confidence is the mean over their orders", () => {
  const tied = predictions([0.9, 0.7, 0.7, 0.7, 0.6]);
  const distinct = predictions([0.9, 0.75, 0.72, 0.7, 0.6]);
  const labels = Int32Array.of(0, 1, 0, 0, 1);
  const orders = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((middle) =>
    Int32Array.of(0, ...middle, 1)
  );
  const mean = (measure: (labels: Int32Array) => number) =>
    orders.map(measure).reduce((a, b) => a + b) / 3;
  assertClose(
    confidenceAuroc(tied, labels),
    mean((order) => confidenceAuroc(distinct, order)),
  );
  for (const coverage of [0.4, 0.6, 0.8]) {
    assertClose(
      riskAtCoverage(tied, labels, coverage),
      mean((order) => riskAtCoverage(distinct, order, coverage)),
    );
  }
  assert.equal(
    confidenceAuroc(predictions([0.7, 0.7]), labels.slice(0, 2)),
    0.5,
  );
});

Deno.test("Rejection refuses rows and limits out of range", () => {
  const p = predictions([0.9]);
  const labels = Int32Array.of(0);
  assert.throws(() => riskAtCoverage(p, labels, 0), /Coverage .*\(0, 1\]/);
  assert.throws(() => coverageAtRisk(p, labels, 1.1), /Risk .*\[0, 1\]/);
  for (
    const measure of [
      (labels: Int32Array) => riskAtCoverage(p, labels, 1),
      (labels: Int32Array) => coverageAtRisk(p, labels, 1),
      (labels: Int32Array) => confidenceAuroc(p, labels),
    ]
  ) assert.throws(() => measure(Int32Array.of(2)), /row 0 has 2/);
});
