import assert from "node:assert/strict";
import { evaluate } from "../../lib/calibration/evaluate.ts";
import {
  METRIC_COLUMNS,
  METRIC_NAMES,
  METRICS,
  scoreHeading,
} from "../../lib/calibration/metrics.ts";
import { labels, probabilities } from "./ten_predictions.ts";
import { logitsOf, probabilitiesOf } from "../../lib/matrix_kinds.ts";

Deno.test("METRICS determines the keys of evaluate() and their order", () => {
  const values = evaluate(probabilities, labels, 3);
  assert.deepEqual(Object.keys(values), [
    ...["n", "classes", "bins"],
    ...METRIC_NAMES,
  ]);
  for (const name of METRIC_NAMES) {
    const metric = METRICS[name];
    assert.equal(values[name], metric.compute({ probabilities, labels }, 3));
    assert(Number.isFinite(values[name]), name);
  }
});

Deno.test("METRICS computes the log loss from logits if there are any", () => {
  const logits = logitsOf([[0, -2000]]);
  const sure = probabilitiesOf([[1, 0]]);
  const predictions = { probabilities: sure, labels: Int32Array.of(1) };
  const { compute } = METRICS.logLoss;
  assert.equal(compute(predictions, 10), Infinity);
  assert.equal(compute({ ...predictions, logits }, 10), 2000);
});

Deno.test("METRICS has distinct titles and table columns", () => {
  const metrics = Object.values(METRICS);
  assert.equal(new Set(metrics.map(({ title }) => title)).size, metrics.length);
  assert.deepEqual(
    METRIC_COLUMNS.map((name) => METRICS[name].column),
    metrics.map((_, i) => i + 1),
  );
  for (const { unit, factor = 1 } of metrics) {
    assert.equal(factor, unit === "%" ? 100 : 1);
  }
});

Deno.test("scoreHeading() appends the unit", () => {
  assert.equal(scoreHeading(METRICS.classwiseEce), "class-wise ECE, %");
  assert.equal(scoreHeading(METRICS.logLoss), "log loss");
});
