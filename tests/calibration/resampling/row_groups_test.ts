import assert from "node:assert/strict";
import { checkedRows } from "../../../lib/calibration/extended_metrics.ts";
import {
  EXTENDED_METRIC_NAMES,
  type ExtendedMetricName,
} from "../../../lib/calibration/extended_names.ts";
import { AREAS } from "../../../lib/calibration/resampling/areas_of_cells.ts";
import { bootstrapMetrics } from "../../../lib/calibration/resampling/bootstrap.ts";
import {
  rowGroups,
  spreadWeights,
} from "../../../lib/calibration/resampling/row_groups.ts";
import { weightedMetrics } from "../../../lib/calibration/resampling/weighted_metrics.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import type { Logits } from "../../../lib/matrix_kinds.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";

/** 5,000 groups of 21 rows, and 400 rows left over. */
const N = 105_400;

/** Overconfident logits, rounded so that confidences have ties. */
function manyRows() {
  const random = stream(1, "rows");
  const data = Float64Array.from({ length: 3 * N }, () => random.normal());
  const labels = new Int32Array(N);
  const logits = { data, rows: N, columns: 3 } as Logits;
  const probabilities = softmax(logits);
  for (let i = 0; i < N; i++) {
    let rest = random.uniform();
    while ((rest -= probabilities.data[3 * i + labels[i]]) > 0) labels[i]++;
  }
  const sharp = data.map((value) => Math.round(20 * value) / 10);
  const rows = { data: sharp, rows: N, columns: 3 } as Logits;
  return { logits: rows, labels, probabilities: softmax(rows) };
}

const predictions = manyRows();

Deno.test("rowGroups() has groups of equal size, and rows left over", () => {
  assert.equal(rowGroups(100_000, 1), undefined);
  const { count, groupOf } = rowGroups(N, 1)!;
  const sizes = new Int32Array(count + 1);
  for (const group of groupOf) sizes[group]++;
  assert.deepEqual([...new Set(sizes.subarray(0, count))], [21]);
  assert.equal(sizes[count], 400);
  assert.notDeepEqual(rowGroups(N, 2)!.groupOf, groupOf);
});

Deno.test("weightedMetrics() of groups equals that of their rows", async () => {
  const rows = checkedRows(predictions, { bins: 10, topK: 2 });
  const groups = rowGroups(N, 1)!;
  const random = stream(2, "draw");
  const drawn = new Int32Array(groups.count);
  for (let g = 0; g < groups.count; g++) drawn[random.integer(groups.count)]++;
  const byRow = new Int32Array(N);
  spreadWeights(groups, drawn, byRow);
  assert.equal(byRow.reduce((sum, weight) => sum + weight), N);
  const compare = (
    names: readonly ExtendedMetricName[],
    accepted: (name: ExtendedMetricName) => number,
  ) => {
    const expected = weightedMetrics(rows, names)(byRow);
    const actual = weightedMetrics(rows, names, groups)(drawn);
    for (const name of names) {
      assertClose(actual[name], expected[name], accepted(name), name);
    }
  };
  compare(EXTENDED_METRIC_NAMES, () => 1e-12);
  // Alone, these are approximated.
  const { models: [intervals] } = await bootstrapMetrics(
    [predictions],
    { bins: 10, metrics: AREAS, resamples: 100 },
  );
  compare(AREAS, (name) => {
    const { low, high } = intervals[name as typeof AREAS[number]];
    return 0.02 * (high - low);
  });
});

Deno.test("bootstrapMetrics() draws many rows in groups, with intervals as wide", async () => {
  const metrics = ["accuracy", "logLoss"] as const;
  const { models: [{ accuracy, logLoss }] } = await bootstrapMetrics(
    [predictions],
    { bins: 10, metrics },
  );
  const { data } = predictions.probabilities;
  const losses = Float64Array.from(
    predictions.labels,
    (label, i) => -Math.log(data[3 * i + label]),
  );
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / N;
  const square = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / N;
  const width = (variance: number) => 2 * 1.96 * Math.sqrt(variance / N);
  assertClose((logLoss.high - logLoss.low) / width(square), 1, 0.06);
  const hits = (accuracy.low + accuracy.high) / 2;
  const spread = width(hits * (1 - hits));
  assertClose((accuracy.high - accuracy.low) / spread, 1, 0.06);
});
