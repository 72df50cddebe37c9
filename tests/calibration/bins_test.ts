import assert from "node:assert/strict";
import { binEdges, binIndex, reliability } from "../../lib/calibration/bins.ts";
import { type Probabilities, probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { assertClose } from "./close.ts";
import { REFERENCE } from "./reference.ts";
import { labels, probabilities } from "./ten_predictions.ts";

Deno.test("reliability() of ten predictions matches a calculation by hand", () => {
  const bins = reliability(probabilities, labels, 3);
  assert.deepEqual(bins.map((bin) => bin.count), [2, 3, 5]);
  assert.deepEqual(bins.map((bin) => bin.low), [0, 1 / 3, 2 / 3]);
  assert.deepEqual(bins.map((bin) => bin.high), [1 / 3, 2 / 3, 1]);
  [0.3, 0.5, 0.84].forEach((mean, b) => assertClose(bins[b].confidence, mean));
  [1 / 2, 1 / 3, 4 / 5].forEach((right, b) =>
    assertClose(bins[b].accuracy, right)
  );
});

Deno.test("reliability() returns empty bins with NaN for their means", () => {
  const [empty, full] = reliability(
    probabilitiesOf([[0.9, 0.1]]),
    Int32Array.of(0),
    2,
  );
  assert.deepEqual(empty, {
    low: 0,
    high: 0.5,
    count: 0,
    confidence: NaN,
    accuracy: NaN,
  });
  assert.equal(full.count, 1);
});

Deno.test("reliability() matches scikit-learn's calibration curve", () => {
  for (const { logits, labels, metrics, reliability: curve } of REFERENCE) {
    const filled = reliability(softmax(logits), labels, metrics[0].bins)
      .filter((bin) => bin.count > 0);
    assert.equal(filled.length, curve.accuracy.length);
    filled.forEach((bin, b) => {
      assertClose(bin.accuracy, curve.accuracy[b]);
      assertClose(bin.confidence, curve.confidence[b]);
    });
  }
});

Deno.test("reliability() predicts the first of equal classes", () => {
  const tied = probabilitiesOf([[0.4, 0.2, 0.4], [0.4, 0.2, 0.4]]);
  const [{ count, accuracy }] = reliability(tied, Int32Array.of(0, 2), 1);
  assert.equal(count, 2);
  assert.equal(accuracy, 0.5);
});

Deno.test("reliability() names the first row that is not a distribution", () => {
  const labels = Int32Array.of(0, 1, 1);
  for (
    const [row, message] of [
      [[1.5, -0.5], /negative: row 1 contains -0.5$/],
      [[0.5, 0.6], /sum to 1: row 1 sums to 1.1$/],
      [[0.5, NaN], /sum to 1: row 1 sums to NaN$/],
    ] as const
  ) {
    const data = Float64Array.of(0.5, 0.5, ...row, 2, 2);
    const wrong = { data, rows: 3, columns: 2 } as Probabilities;
    assert.throws(() => reliability(wrong, labels, 10), {
      name: "BadInput",
      message,
    });
  }
});

Deno.test("binIndex() puts an edge into the bin below it and 0 into the first", () => {
  // 0.1 * 3 and 0.7 * 10 are not 3/10 and 7 in floating point.
  assert.deepEqual(
    [0, 0.1, 0.2, 0.3, 0.6, 0.7, 0.9, 1].map((p) => binIndex(p, binEdges(10))),
    [0, 0, 1, 2, 5, 6, 8, 9],
  );
  for (let bins = 1; bins <= 200; bins++) {
    const edges = binEdges(bins);
    for (let k = 1; k <= bins; k++) {
      assert.equal(binIndex(k / bins, edges), k - 1, `${k}/${bins}`);
    }
  }
});

Deno.test("binIndex() puts the next number above an edge into the bin above", () => {
  for (let bins = 2; bins <= 200; bins++) {
    const edges = binEdges(bins);
    for (let k = 1; k < bins; k++) {
      const above = nextAbove(k / bins);
      assert.equal(binIndex(above, edges), k, `${above} of ${bins}`);
    }
  }
});

Deno.test("binIndex() puts values rounded above 1 into the last bin", () => {
  assert.equal(binIndex(1.0005, binEdges(10)), 9);
});

function nextAbove(positive: number): number {
  const bits = new BigInt64Array(Float64Array.of(positive).buffer);
  bits[0]++;
  return new Float64Array(bits.buffer)[0];
}
