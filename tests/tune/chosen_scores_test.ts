import assert from "node:assert/strict";
import { evaluateLogits } from "../../lib/calibration/evaluate.ts";
import { chosenScores } from "../../lib/tune/chosen_scores.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits } from "../../lib/matrix_kinds.ts";

const LABELS = Int32Array.of(0, 1);

/**
 * Metrics of two correct rows with margin `z`; validation has a third, wrong
 * row.
 */
function metrics(z: number) {
  const rows = (...data: number[]) =>
    asLogits(matrix(Float64Array.from(data), 2));
  const logits = rows(z, 0, 0, z);
  const validation = {
    logits: rows(z, 0, 0, z, z, 0),
    labels: Int32Array.of(0, 1, 1),
  };
  return evaluateLogits(logits, LABELS, { bins: 5, validation });
}

Deno.test("chosenScores() returns means and deviations, unscaled and scaled", () => {
  const loss = (z: number) => Math.log(1 + Math.exp(-z));
  const { test, scaled } = chosenScores([metrics(1), metrics(2)]);
  assert.deepEqual([test.n, test.bins, test.accuracy], [2, 5, 1]);
  assert.ok(Math.abs(test.logLoss! - (loss(1) + loss(2)) / 2) < 1e-9);
  const spread = Math.abs(loss(1) - loss(2)) * Math.SQRT1_2;
  assert.ok(Math.abs(test.logLossStdev! - spread) < 1e-9);
  assert.ok(!("nStdev" in test) && !("temperature" in test));
  // Two of three are right: the best scaling gives probability 2/3, T = z/ln 2.
  assert.ok(Math.abs(scaled.temperature! - 1.5 / Math.LN2) < 1e-4);
  assert.ok(Math.abs(scaled.logLoss! - Math.log(1.5)) < 1e-4);
});

Deno.test("chosenScores() has a null deviation for a single network", () => {
  const { test, scaled } = chosenScores([metrics(1)]);
  assert.deepEqual([test.logLossStdev, scaled.temperatureStdev], [null, null]);
});
