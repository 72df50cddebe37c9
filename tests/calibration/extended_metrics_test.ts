import assert from "node:assert/strict";
import { evaluate } from "../../lib/calibration/evaluate.ts";
import { extendedMetrics } from "../../lib/calibration/extended_metrics.ts";
import {
  EXTENDED_METRIC_NAMES,
  EXTENDED_METRICS,
} from "../../lib/calibration/extended_names.ts";
import { METRIC_NAMES } from "../../lib/calibration/metrics.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { logitsOf, probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { METRICS_REFERENCE } from "./metrics_reference.ts";
import { labels, probabilities } from "./ten_predictions.ts";

Deno.test("extendedMetrics() equals the other libraries", () => {
  for (const { logits, labels, binned, unbinned, topK } of METRICS_REFERENCE) {
    const predictions = { probabilities: softmax(logits), labels, logits };
    for (const { bins, ...others } of binned) {
      const metrics = extendedMetrics(predictions, { bins, topK: 2 });
      const expected = { ...unbinned, ...others, topKAccuracy: topK[1] };
      assert.equal(Object.keys(expected).length, 17);
      for (const [name, value] of Object.entries(expected)) {
        const actual = metrics[name as keyof typeof metrics];
        // probmetrics finds its temperature by 30 bisections.
        const tolerance = /finement$|ibration$/.test(name) ? 1e-9 : 1e-12;
        assertClose(actual, value, tolerance, `${name} in ${bins} bins`);
      }
    }
  }
});

Deno.test("extendedMetrics() contains evaluate() to the last bit", () => {
  const metrics = extendedMetrics({ probabilities, labels }, { bins: 3 });
  const basic = evaluate(probabilities, labels, 3);
  for (const [name, value] of Object.entries(basic)) {
    assert.equal(metrics[name as keyof typeof metrics], value, name);
  }
  assert.equal(metrics.topK, 5);
  assertClose(metrics.overconfidence + metrics.underconfidence, metrics.ece);
});

Deno.test("EXTENDED_METRICS has every key of extendedMetrics(), with distinct titles", () => {
  const metrics = extendedMetrics({ probabilities, labels }, { bins: 3 });
  assert.deepEqual(
    Object.keys(metrics).sort(),
    [...EXTENDED_METRIC_NAMES, "n", "classes", "bins", "topK"].sort(),
  );
  assert.deepEqual(
    EXTENDED_METRIC_NAMES.slice(0, METRIC_NAMES.length),
    METRIC_NAMES,
  );
  const titles = Object.values(EXTENDED_METRICS).map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
});

Deno.test("extendedMetrics() is defined for one row, and for rows that are all right", () => {
  const one = probabilitiesOf([[0.6, 0.4]]);
  for (const [label, hit] of [[0, 1], [1, 0]]) {
    const metrics = extendedMetrics(
      { probabilities: one, labels: Int32Array.of(label) },
      { bins: 10 },
    );
    const undefinedOnes = Object.entries(metrics)
      .filter(([, value]) => !Number.isFinite(value)).map(([name]) => name);
    assert.deepEqual(undefinedOnes, ["confidenceAuroc"]);
    assert.equal(metrics.accuracy, hit);
    assert.equal(metrics.riskAtCoverage80, 1 - hit);
    assert.equal(metrics.coverageAtRisk5, hit);
    assertClose(metrics.rmsCalibrationError, Math.abs(hit - 0.6));
    assert.equal(metrics.debiasedEce, 0);
  }
});

Deno.test("extendedMetrics() is defined for a single class", () => {
  const certain = probabilitiesOf([[1], [1], [1]]);
  const metrics = extendedMetrics(
    { probabilities: certain, labels: new Int32Array(3) },
    { bins: 10 },
  );
  assert.equal(metrics.accuracy, 1);
  assert.equal(metrics.sphericalScore, 1);
  assert.equal(metrics.smoothEce, 0);
  assert.equal(metrics.logLossRefinement, 0);
});

Deno.test("extendedMetrics() has an infinite log loss only for a label with probability 0", () => {
  const sure = probabilitiesOf([[1, 0], [1, 0], [0.6, 0.4]]);
  const metrics = extendedMetrics(
    { probabilities: sure, labels: Int32Array.of(0, 1, 0) },
    { bins: 10 },
  );
  const infinite = Object.entries(metrics)
    .filter(([, value]) => !Number.isFinite(value)).map(([name]) => name);
  assert.deepEqual(infinite.sort(), ["logLoss", "logLossCalibration"]);
});

Deno.test("extendedMetrics() refuses wrong rows and settings", () => {
  const predictions = { probabilities, labels };
  assert.throws(() => extendedMetrics(predictions, { bins: 0 }), /bins/);
  assert.throws(
    () => extendedMetrics(predictions, { bins: 3, topK: 0.5 }),
    /as k must be a whole number/,
  );
  const wrong = { probabilities, labels: labels.map(() => 4) };
  assert.throws(() => extendedMetrics(wrong, { bins: 3 }), /row 0 has 4/);
  const logits = logitsOf(Array(10).fill([NaN, 0, 0, 0]));
  assert.throws(
    () => extendedMetrics({ ...predictions, logits }, { bins: 3 }),
    /Cannot evaluate logits/,
  );
});
