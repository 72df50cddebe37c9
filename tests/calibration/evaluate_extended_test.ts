import assert from "node:assert/strict";
import { evaluateLogits } from "../../lib/calibration/evaluate.ts";
import { evaluateExtended } from "../../lib/calibration/evaluate_extended.ts";
import { extendedMetrics } from "../../lib/calibration/extended_metrics.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { REFERENCE } from "./reference.ts";

const { logits, labels, validation } = REFERENCE[0];

Deno.test("evaluateExtended() is evaluateLogits() with more metrics", async () => {
  const options = { bins: 10, validation };
  const basic = evaluateLogits(logits, labels, options);
  const { plain, calibrated, intervals } = await evaluateExtended(
    logits,
    labels,
    { ...options, resamples: 0 },
  );
  assert.deepEqual(intervals, []);
  assert.deepEqual({ ...plain, ...basic.plain }, plain);
  assert.deepEqual(
    plain,
    extendedMetrics(
      { probabilities: softmax(logits), labels, logits },
      options,
    ),
  );
  const [{ metrics, ...fit }] = calibrated;
  const [{ metrics: basicMetrics, ...basicFit }] = basic.calibrated;
  assert.deepEqual(fit, basicFit);
  assert.deepEqual({ ...metrics, ...basicMetrics }, metrics);
});

Deno.test("evaluateExtended() has intervals of the uncalibrated logits, then of each calibrator", async () => {
  const { plain, calibrated, intervals } = await evaluateExtended(
    logits,
    labels,
    {
      ...{ bins: 10, resamples: 100, validation },
      calibrators: ["vector", "temperature"],
    },
  );
  assert.deepEqual(calibrated.map(({ by }) => by), ["vector", "temperature"]);
  const all = [plain, ...calibrated.map(({ metrics }) => metrics)];
  assert.equal(intervals.length, 3);
  all.forEach(({ logLoss }, i) => {
    const { low, high } = intervals[i].logLoss;
    assert(low < logLoss && logLoss < high);
  });
});

Deno.test("evaluateExtended() refuses logits that evaluateLogits() refuses", async () => {
  await assert.rejects(
    evaluateExtended(logitsOf([[NaN, 0]]), Int32Array.of(0), { bins: 10 }),
    /Cannot evaluate logits/,
  );
});
