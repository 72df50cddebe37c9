import assert from "node:assert/strict";
import {
  smoothEce,
  smoothError,
} from "../../../lib/calibration/smooth/smooth_ece.ts";
import { topLabels } from "../../../lib/calibration/bins.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../../lib/matrix_kinds.ts";
import { assertClose } from "../close.ts";
import { METRICS_REFERENCE, SMOOTH } from "../metrics_reference.ts";
import { labels, probabilities } from "../ten_predictions.ts";

Deno.test("smoothEce() equals relplot's, with the same bandwidth", () => {
  for (const { logits, labels, unbinned, bandwidth } of METRICS_REFERENCE) {
    const rows = softmax(logits);
    assertClose(smoothEce(rows, labels), unbinned.smoothEce!);
    const { confidence, correct } = topLabels(rows, labels);
    assert.equal(smoothError(confidence, correct).bandwidth, bandwidth);
  }
});

Deno.test("smoothError() equals relplot's for few rows and for narrow bandwidths", () => {
  for (const { n, error, bandwidth } of SMOOTH) {
    const confidence = Float64Array.from(
      { length: n },
      (_, i) => 0.5 + 0.5 * (i + 0.5) / n,
    );
    const correct = Uint8Array.from(
      confidence,
      (c, i) => (i * 0.6180339887498949) % 1 < c ? 1 : 0,
    );
    const found = smoothError(confidence, correct);
    assertClose(found.error, error, 1e-12, `error of ${n} rows`);
    assert.equal(found.bandwidth, bandwidth);
  }
});

Deno.test("smoothEce() of one confidence is its gap", () => {
  const same = (p: number, right: number) =>
    smoothEce(
      probabilitiesOf(Array(100).fill([p, 1 - p])),
      Int32Array.from({ length: 100 }, (_, i) => i < right ? 0 : 1),
    );
  assertClose(same(0.7, 100), 0.3, 1e-4);
  assertClose(same(0.7, 40), 0.3, 1e-4);
  assertClose(same(1, 0), 1, 1e-4);
  assert.equal(same(1, 100), 0);
  // Of residuals that cancel, only rounding is left.
  assert(same(0.75, 75) < 1e-12);
});

Deno.test("smoothEce() does not depend on the order of rows", () => {
  const reversed = probabilitiesOf(
    Array.from({ length: 10 }, (_, i) => [
      ...probabilities.data.slice(4 * (9 - i), 4 * (10 - i)),
    ]),
  );
  assertClose(
    smoothEce(reversed, labels.toReversed()),
    smoothEce(probabilities, labels),
  );
});

Deno.test("smoothEce() refuses rows that are not distributions", () => {
  const wrong = probabilitiesOf([[0.5, 0.5]]);
  assert.throws(() => smoothEce(wrong, Int32Array.of(2)), /row 0 has 2/);
  wrong.data[0] = 0.9;
  assert.throws(() => smoothEce(wrong, Int32Array.of(0)), /sums to 1.4/);
});
