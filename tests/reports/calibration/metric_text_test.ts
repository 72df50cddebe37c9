import assert from "node:assert/strict";
import type { FlatMetrics } from "../../../lib/reports/calibration/flat_metrics.ts";
import {
  differenceIntervalText,
  differenceText,
  differenceVerdict,
  intervalText,
  metricText,
} from "../../../lib/reports/calibration/metric_text.ts";

const of = (values: Partial<FlatMetrics>) => values as FlatMetrics;

Deno.test("metrics are printed in their unit, with their interval", () => {
  const values = of({
    ...{ accuracy: 0.92416, accuracyLow: 0.9189, accuracyHigh: 0.92934 },
    ...{ logLoss: 0.4301, logLossLow: null, logLossHigh: null },
    confidenceAuroc: null,
  });
  assert.equal(metricText(values, "accuracy"), "92.42");
  assert.equal(intervalText(values, "accuracy"), "91.89\u00a0to 92.93");
  assert.equal(metricText(values, "logLoss"), "0.4301");
  assert.equal(intervalText(values, "logLoss"), "");
  assert.equal(metricText(values, "confidenceAuroc"), "–");
});

Deno.test("differences have signs, except where they round to 0", () => {
  const values = of({
    ...{ ece: -0.0455, eceLow: -0.047, eceHigh: 0.00001 },
    ...{ brier: 0.0059, brierLow: 0.00001, brierHigh: 0.0089 },
  });
  assert.equal(differenceText(values, "ece"), "−4.55");
  assert.equal(differenceIntervalText(values, "ece"), "−4.70\u00a0to 0.00");
  assert.equal(differenceText(values, "brier"), "+0.0059 worse");
  assert.equal(
    differenceIntervalText(values, "brier"),
    "0.0000\u00a0to +0.0089",
  );
});

Deno.test("differenceVerdict() follows the interval and the better direction", () => {
  const verdict = (
    name: "accuracy" | "ece",
    low: number | null,
    high: number | null,
  ) =>
    differenceVerdict(of({ [`${name}Low`]: low, [`${name}High`]: high }), name);
  assert.equal(verdict("accuracy", 0.01, 0.02), "better");
  assert.equal(verdict("accuracy", -0.02, -0.01), "worse");
  assert.equal(verdict("ece", 0.01, 0.02), "worse");
  assert.equal(verdict("ece", -0.02, -0.01), "better");
  assert.equal(verdict("ece", -0.01, 0.01), "undecided");
  assert.equal(verdict("ece", 0, 0.01), "undecided");
  assert.equal(verdict("accuracy", null, null), "undecided");
  // Of equal models, up to rounding.
  assert.equal(verdict("ece", 1e-17, 2e-16), "undecided");
});
