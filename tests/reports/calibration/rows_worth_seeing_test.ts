import assert from "node:assert/strict";
import { rowsWorthSeeing } from "../../../lib/reports/calibration/rows_worth_seeing.ts";

const LABELS = Int32Array.of(0, 0, 0, 0, 1, 1, 1);
const MODEL = {
  predicted: Int32Array.of(0, 1, 1, 0, 1, 0, 1),
  confidence: Float64Array.of(0.9, 0.6, 0.8, 0.7, 0.5, 0.9, 0.95),
};

Deno.test("rowsWorthSeeing() takes errors first, then a row of each cell in turn", () => {
  const most = (count: number) => rowsWorthSeeing([MODEL], LABELS, count);
  assert.deepEqual(most(1), [5]);
  assert.deepEqual(most(3), [1, 2, 5]);
  // The least confident hits: row 4 of class 1, row 3 of class 0.
  assert.deepEqual(most(5), [1, 2, 3, 4, 5]);
  assert.deepEqual(most(99), [0, 1, 2, 3, 4, 5, 6]);
});

Deno.test("rowsWorthSeeing() takes the errors of every model", () => {
  const right = { ...MODEL, predicted: LABELS };
  const other = { ...MODEL, predicted: Int32Array.of(1, 0, 0, 0, 1, 1, 1) };
  assert.deepEqual(rowsWorthSeeing([right, other], LABELS, 1), [0]);
});
