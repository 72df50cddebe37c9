import assert from "node:assert/strict";
import { lossParts } from "../../lib/calibration/refinement.ts";
import { brier, logitsLogLoss } from "../../lib/calibration/scores.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { asLogits, logitsOf, probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { METRICS_REFERENCE } from "./metrics_reference.ts";

const PARTS = [
  ...["logLossRefinement", "logLossCalibration"] as const,
  ...["brierRefinement", "brierCalibration"] as const,
];

Deno.test("lossParts() equals probmetrics', from probabilities and from logits", () => {
  for (const { logits, labels, unbinned } of METRICS_REFERENCE) {
    const probabilities = softmax(logits);
    const fromProbabilities = lossParts({ probabilities, labels });
    const fromLogits = lossParts({ probabilities, labels, logits });
    // probmetrics finds the temperature by 30 bisections.
    for (const part of PARTS) {
      assertClose(fromProbabilities[part], unbinned[part]!, 1e-9, part);
      assertClose(fromLogits[part], unbinned[part]!, 1e-9, part);
    }
  }
});

Deno.test("lossParts() has parts that sum to the losses", () => {
  for (const { logits, labels } of METRICS_REFERENCE) {
    const probabilities = softmax(logits);
    const parts = lossParts({ probabilities, labels, logits });
    assertClose(
      parts.logLossRefinement + parts.logLossCalibration,
      logitsLogLoss(logits, labels),
    );
    assertClose(
      parts.brierRefinement + parts.brierCalibration,
      brier(probabilities, labels),
    );
  }
});

Deno.test("lossParts() has a refinement that no temperature changes", () => {
  const { logits, labels } = METRICS_REFERENCE[0];
  const parts = (factor: number) => {
    const { rows, columns } = logits;
    const data = Float64Array.from(logits.data, (z) => factor * z);
    const scaled = asLogits({ data, rows, columns });
    return lossParts({
      probabilities: softmax(scaled),
      logits: scaled,
      labels,
    });
  };
  const own = parts(1);
  for (const factor of [0.01, 3, 1000]) {
    const { logLossRefinement, brierRefinement } = parts(factor);
    assertClose(logLossRefinement, own.logLossRefinement, 1e-9);
    assertClose(brierRefinement, own.brierRefinement, 1e-9);
  }
});

Deno.test("lossParts() of rows that are all right, of one row, and of one class", () => {
  // Separable: only the mixture with the uniform distribution is left of n rows.
  const right = logitsOf([[1, 0], [0, 2], [3, 0]]);
  const separable = lossParts({
    probabilities: softmax(right),
    logits: right,
    labels: Int32Array.of(0, 1, 0),
  });
  assertClose(separable.logLossRefinement, -Math.log(1 - 1 / 8), 1e-4);
  assert(separable.logLossCalibration > 0);
  const wrong = lossParts({
    probabilities: probabilitiesOf([[0.9, 0.1]]),
    labels: Int32Array.of(1),
  });
  // The best temperature makes a wrong row uniform.
  assertClose(wrong.logLossRefinement, Math.log(2), 1e-5);
  const single = lossParts({
    probabilities: probabilitiesOf([[1], [1]]),
    labels: Int32Array.of(0, 0),
  });
  assert.deepEqual(Object.values(single), [0, 0, 0, 0]);
});

Deno.test("lossParts() of a label with probability 0 has a finite refinement", () => {
  const sure = probabilitiesOf([[1, 0], [1, 0], [1, 0], [0.6, 0.4]]);
  const parts = lossParts({
    probabilities: sure,
    labels: Int32Array.of(0, 1, 0, 0),
  });
  assert(Number.isFinite(parts.logLossRefinement));
  assert.equal(parts.logLossCalibration, Infinity);
  assert(Number.isFinite(parts.brierCalibration));
});

Deno.test("lossParts() keeps masked classes at probability 0", () => {
  const masked = logitsOf([[2, 0, -Infinity], [0, 1, -Infinity], [
    ...[0, 1, -Infinity],
  ]]);
  const labels = Int32Array.of(0, 0, 1);
  const { brierRefinement } = lossParts({
    probabilities: softmax(masked),
    logits: masked,
    labels,
  });
  assert(Number.isFinite(brierRefinement));
});

Deno.test("lossParts() refuses rows that are not distributions", () => {
  const p = probabilitiesOf([[0.5, 0.5]]);
  assert.throws(
    () => lossParts({ probabilities: p, labels: Int32Array.of(2) }),
    /row 0 has 2/,
  );
  assert.throws(
    () =>
      lossParts({
        probabilities: p,
        logits: logitsOf([[NaN, 0]]),
        labels: Int32Array.of(0),
      }),
    /Cannot split a loss/,
  );
});
