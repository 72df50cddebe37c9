import assert from "node:assert/strict";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { METRICS } from "../../../lib/calibration/metrics.ts";
import { metricLines } from "../../../lib/cli/terminal/metric_lines.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);

function fittedOn(labels: Int32Array) {
  const validation = { logits, labels };
  return evaluateLogits(logits, labels, { bins: 10, validation });
}

Deno.test("metricLines() has a note only for a log loss without minimum", () => {
  const inside = metricLines(fittedOn(Int32Array.of(0, 0, 0, 1)));
  assert.match(inside, / uncalibrated +T = 3\.641\n/);
  assert(!inside.includes("log loss falls"));
  const { plain, calibrated: [right] } = fittedOn(Int32Array.of(0, 0, 0, 0));
  assert.match(
    metricLines({ plain, calibrated: [right] }),
    /\nT = 0\.050: every validation row is predicted right, so the log loss falls without end as T falls: fit on more rows, none of which the model was trained on\n$/,
  );
  const { problems: _, ...older } = right;
  assert.match(
    metricLines({ plain, calibrated: [older] }),
    /\nT = 0\.050: the validation log loss still falls beyond it\n$/,
  );
});

Deno.test("metricLines() keeps its columns apart for any log loss", () => {
  const { plain, calibrated: [scaled] } = fittedOn(Int32Array.of(0, 0, 0, 1));
  for (const logLoss of [999_999.99994, 1.7448893e19, Number.MAX_VALUE]) {
    const lines = metricLines({
      plain: { ...plain, logLoss },
      calibrated: [{ ...scaled, metrics: { ...scaled.metrics, logLoss } }],
    });
    const row = lines.split("\n").find((line) => line.startsWith("log loss"))!;
    assert.match(row, /^log loss +[\d.e+]+ +[\d.e+]+$/);
    assert(row.length === 48, row);
  }
});

Deno.test("metricLines() has a line for every metric", () => {
  const lines = metricLines(fittedOn(Int32Array.of(0, 0, 0, 1))).split("\n");
  const titles = lines.slice(2, -1).map((line) => line.slice(0, 24).trimEnd());
  assert.deepEqual(titles, Object.values(METRICS).map(({ title }) => title));
});
