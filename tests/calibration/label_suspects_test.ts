import assert from "node:assert/strict";
import { labelSuspects } from "../../lib/calibration/label_suspects.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";

const probabilities = probabilitiesOf([
  [0.75, 0.25, 0],
  [0.5, 0.25, 0.25],
  [0.125, 0.75, 0.125],
  [0.25, 0.25, 0.5],
  [0.5, 0.5, 0],
]);

Deno.test("labelSuspects() starts with the least probable label", () => {
  const labels = Int32Array.of(0, 1, 2, 0, 1);
  assert.deepEqual(labelSuspects(probabilities, labels), [
    {
      ...{ row: 2, label: 2, probability: 0.125 },
      ...{ suggested: 1, suggestedProbability: 0.75 },
    },
    {
      ...{ row: 1, label: 1, probability: 0.25 },
      ...{ suggested: 0, suggestedProbability: 0.5 },
    },
    {
      ...{ row: 3, label: 0, probability: 0.25 },
      ...{ suggested: 2, suggestedProbability: 0.5 },
    },
    // Of equal classes the first is predicted, as for the accuracy.
    {
      ...{ row: 4, label: 1, probability: 0.5 },
      ...{ suggested: 0, suggestedProbability: 0.5 },
    },
  ]);
});

Deno.test("labelSuspects() keeps the most doubted labels", () => {
  const labels = Int32Array.of(2, 1, 2, 0, 0);
  const rows = (count?: number) =>
    labelSuspects(probabilities, labels, count).map(({ row }) => row);
  assert.deepEqual(rows(), [0, 2, 1, 3]);
  assert.deepEqual(rows(2), [0, 2]);
  assert.deepEqual(rows(0), []);
});

Deno.test("labelSuspects() refuses labels out of range", () => {
  const labels = Int32Array.of(0, 0, 0, 0, 3);
  assert.throws(() => labelSuspects(probabilities, labels), /row 4/i);
});
