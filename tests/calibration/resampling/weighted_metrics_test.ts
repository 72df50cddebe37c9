import {
  checkedRows,
  extendedMetrics,
  type MetricSettings,
} from "../../../lib/calibration/extended_metrics.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import type { Predictions } from "../../../lib/calibration/metrics.ts";
import { weightedMetrics } from "../../../lib/calibration/resampling/weighted_metrics.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { takeRows } from "../../../lib/matrix.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";
import { METRICS_REFERENCE } from "../metrics_reference.ts";
import * as ten from "../ten_predictions.ts";

/** Metrics that are approximated, and the accepted error for 80 rows or more. */
const APPROXIMATED: Record<string, number> = {
  smoothEce: 2e-3,
  logLossRefinement: 2e-3,
  logLossCalibration: 2e-3,
  brierRefinement: 2e-3,
  brierCalibration: 2e-3,
};

/** Compares random weights with rows that are repeated accordingly. */
function compare(
  predictions: Predictions,
  settings: MetricSettings,
  accepted: (name: string) => number,
) {
  const { probabilities, labels, logits } = predictions;
  const n = labels.length;
  const measure = weightedMetrics(
    checkedRows(predictions, settings),
    EXTENDED_METRIC_NAMES,
  );
  for (let b = 0; b < 5; b++) {
    const random = stream(b, "rows");
    const rows = Int32Array.from({ length: n }, () => random.integer(n)).sort();
    const weights = new Int32Array(n);
    rows.forEach((row) => weights[row]++);
    const expected = extendedMetrics({
      probabilities: takeRows(probabilities, rows),
      labels: rows.map((row) => labels[row]),
      ...(logits === undefined ? {} : { logits: takeRows(logits, rows) }),
    }, settings);
    const actual = measure(weights);
    for (const name of EXTENDED_METRIC_NAMES) {
      if (Number.isNaN(expected[name]) && Number.isNaN(actual[name])) continue;
      assertClose(actual[name], expected[name], accepted(name), name);
    }
  }
}

Deno.test("weightedMetrics() equals extendedMetrics() of repeated rows", () => {
  for (const { logits, labels, binned } of METRICS_REFERENCE) {
    const predictions = { probabilities: softmax(logits), labels, logits };
    for (const { bins } of binned) {
      compare(
        predictions,
        { bins, topK: 2 },
        (name) => APPROXIMATED[name] ?? 1e-12,
      );
    }
  }
});

Deno.test("weightedMetrics() equals extendedMetrics() of few rows with ties", () => {
  const { probabilities, labels } = ten;
  // More bins than rows, too. Of so few rows the approximations are rough.
  for (const bins of [1, 3, 12, 1_000_000]) {
    compare(
      { probabilities, labels },
      { bins },
      (name) => name in APPROXIMATED ? 0.3 : 1e-12,
    );
  }
});
