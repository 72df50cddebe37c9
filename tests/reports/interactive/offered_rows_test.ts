import assert from "node:assert/strict";
import { probabilitiesOf } from "../../../lib/matrix_kinds.ts";
import { offeredRows } from "../../../lib/reports/interactive/offered_rows.ts";

const labels = Int32Array.of(0, 0, 1);
const model = (name: string, rows: number[][]) => ({
  name,
  probabilities: probabilitiesOf(rows),
  predicted: new Int32Array(3),
});
const sure = model("sure", [[0.1, 0.9], [0.9, 0.1], [0.7, 0.3]]);
const wrong = model("wrong", [[0.2, 0.8], [0.4, 0.6], [0.2, 0.8]]);

Deno.test("offeredRows() of several models start with their differences", () => {
  const offers = offeredRows({ models: [sure, wrong], labels });
  assert.deepEqual(offers.map(({ title }) => title), [
    "Differences",
    "Errors of sure",
    "Errors of wrong",
  ]);
  // Probabilities of the labels: .1, .9, .3 and .2, .4, .8.
  assert.deepEqual(offers[0].rows, [1, 2, 0]);
  assert.deepEqual(offers[2].rows, [0, 1]);
});

Deno.test("offeredRows() of one model are its errors, the most confident first", () => {
  const [{ title, rows, words }] = offeredRows({ models: [sure], labels });
  assert.deepEqual([title, rows], ["Errors", [0, 2]]);
  assert.equal(words, "The 2 most confident errors of sure");
  const right = model("right", [[1, 0], [1, 0], [0, 1]]);
  assert.deepEqual(offeredRows({ models: [right], labels }), []);
});
