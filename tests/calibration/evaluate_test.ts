import assert from "node:assert/strict";
import { evaluate, evaluateLogits } from "../../lib/calibration/evaluate.ts";
import { scaledMetrics } from "../../lib/calibration/evaluation.ts";
import { METRIC_NAMES } from "../../lib/calibration/metrics.ts";
import { logitsLogLoss } from "../../lib/calibration/scores.ts";
import { takeRows } from "../../lib/matrix.ts";
import { logitsOf, probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { assertClose } from "./close.ts";
import { REFERENCE } from "./reference.ts";
import { labels, probabilities } from "./ten_predictions.ts";

/** The keys of the first version, which stay in this order. */
const FIELDS = [
  "n",
  "classes",
  "bins",
  "accuracy",
  "logLoss",
  "brier",
  "ece",
  "mce",
  "ace",
  "classwiseEce",
  "adaptiveEce",
  "labelConditionalEce",
] as const;

type Known = Readonly<Record<typeof FIELDS[number], number>>;

function assertMetrics(
  actual: Known,
  expected: Known,
  tolerance = 1e-12,
): void {
  for (const field of FIELDS) {
    assertClose(actual[field], expected[field], tolerance, field);
  }
}

Deno.test("evaluate() of ten predictions matches a calculation by hand", () => {
  const ofLabels = [0.3, 0.25, 0.4, 0.2, 0.2, 0.7, 0.8, 0.8, 0.05, 1];
  const logs = ofLabels.map((p) => Math.log(p));
  const { brier, ...rest } = evaluate(probabilities, labels, 3);
  assert.ok(brier > 0 && brier < 2);
  assertMetrics({ brier: 0, ...rest }, {
    n: 10,
    classes: 4,
    bins: 3,
    accuracy: 0.6,
    logLoss: -logs.reduce((total, log) => total + log) / 10,
    brier: 0,
    ece: 0.11,
    mce: 0.2,
    ace: (0.2 + 1 / 6 + 0.04) / 3,
    classwiseEce: 0.21,
    adaptiveEce: 0.13,
    labelConditionalEce: 0.2,
  });
});

Deno.test("evaluateLogits() matches netcal, scikit-learn and PyTorch", () => {
  for (const { logits, labels, metrics } of REFERENCE) {
    for (const expected of metrics) {
      const { bins } = expected;
      const { plain, calibrated } = evaluateLogits(logits, labels, { bins });
      assertMetrics(plain, expected);
      assert.deepEqual(calibrated, []);
    }
  }
});

Deno.test("evaluateLogits() matches them for scaled logits", () => {
  for (const { logits, labels, validation, fit, scaled } of REFERENCE) {
    const { bins } = scaled;
    const ours = evaluateLogits(logits, labels, { bins, validation });
    const { temperature, metrics } = scaledMetrics(ours)!;
    assertClose(temperature, fit.temperature, 1e-6);
    // Their temperature is exact to 1e-7.
    assertMetrics(metrics, scaled, 1e-7);
  }
});

Deno.test("evaluateLogits() returns these fields, in this order", () => {
  const { logits, labels, validation } = REFERENCE[0];
  const { plain } = evaluateLogits(logits, labels, { bins: 10 });
  const keys = ["n", "classes", "bins", ...METRIC_NAMES];
  assert.deepEqual(Object.keys(plain), keys);
  assert.deepEqual(keys.slice(0, FIELDS.length), FIELDS);
  const both = evaluateLogits(logits, labels, { bins: 10, validation });
  assert.deepEqual(Object.keys(both), ["plain", "calibrated"]);
  const [scaled] = both.calibrated;
  assert.deepEqual(Object.keys(scaled), [
    ...["by", "parameters", "atBound", "metrics"],
  ]);
  assert.deepEqual(Object.keys(scaled.metrics), keys);
  assert.deepEqual(JSON.parse(JSON.stringify(both)), both);
});

Deno.test("evaluateLogits() reports whether the temperature is at a bound", () => {
  // All right: the smallest T is best. One of four wrong: 4 / ln 3 is best.
  const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
  const fittedOn = (labels: Int32Array) =>
    scaledMetrics(evaluateLogits(logits, labels, {
      bins: 10,
      validation: { logits, labels },
    }))!;
  const { temperature, atBound } = fittedOn(Int32Array.of(0, 0, 0, 0));
  assert.deepEqual([temperature, atBound], [0.05, true]);
  assert.equal(fittedOn(Int32Array.of(0, 0, 0, 1)).atBound, false);
});

Deno.test("evaluateLogits() stays finite if a probability rounds to 0", () => {
  const logits = logitsOf([[2000, 0], [0, 2000]]);
  const { plain } = evaluateLogits(logits, Int32Array.of(1, 1), { bins: 10 });
  assert.equal(plain.logLoss, 1000);
});

Deno.test("evaluate() does not depend on the order of the rows", () => {
  for (const { logits, labels } of REFERENCE) {
    const order = stream(1, "order").permutation(labels.length);
    const p = softmax(logits);
    assertMetrics(
      evaluate(takeRows(p, order), labels.map((_, i) => labels[order[i]]), 10),
      evaluate(p, labels, 10),
    );
  }
});

Deno.test("evaluate() keeps calibration errors in [0, 1], with ece and ace at most mce", () => {
  for (const { logits, labels } of REFERENCE) {
    for (const bins of [1, 2, 10, 1000]) {
      const metrics = evaluate(softmax(logits), labels, bins);
      for (const field of FIELDS.slice(6)) {
        assert.ok(metrics[field] >= 0 && metrics[field] <= 1, field);
      }
      assert.ok(metrics.ece <= metrics.mce + 1e-15);
      assert.ok(metrics.ace <= metrics.mce + 1e-15);
    }
  }
});

Deno.test("scaling keeps accuracy and does not raise the validation log loss", () => {
  for (const { logits, labels, validation } of REFERENCE) {
    const both = evaluateLogits(logits, labels, { bins: 10, validation });
    const { temperature, metrics } = scaledMetrics(both)!;
    assert.equal(metrics.accuracy, both.plain.accuracy);
    const before = logitsLogLoss(validation.logits, validation.labels);
    const after = logitsLogLoss(
      validation.logits,
      validation.labels,
      temperature,
    );
    assert.ok(after <= before);
  }
});

Deno.test("evaluate() reads float32 as it reads float64", () => {
  const { logits, labels } = REFERENCE[0];
  const wide = softmax(logits);
  const narrow = { ...wide, data: Float32Array.from(wide.data) };
  assertMetrics(evaluate(narrow, labels, 10), evaluate(wide, labels, 10), 1e-6);
});

Deno.test("evaluate() takes a single class", () => {
  assertMetrics(
    evaluate(probabilitiesOf([[1], [1]]), Int32Array.of(0, 0), 10),
    {
      n: 2,
      classes: 1,
      bins: 10,
      accuracy: 1,
      logLoss: 0,
      brier: 0,
      ece: 0,
      mce: 0,
      ace: 0,
      classwiseEce: 0,
      adaptiveEce: 0,
      labelConditionalEce: 0,
    },
  );
});

Deno.test("evaluateLogits() refuses validation rows with a different number of classes", () => {
  const { logits, labels } = REFERENCE[0];
  const validation = {
    logits: logitsOf([[1, 2]]),
    labels: Int32Array.of(0),
  };
  assert.throws(
    () => evaluateLogits(logits, labels, { bins: 10, validation }),
    {
      name: "BadInput",
      message:
        "Cannot calibrate logits as the validation logits must have 4 classes: they have 2",
    },
  );
});
