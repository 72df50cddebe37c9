import assert from "node:assert/strict";
import {
  confusionCells,
  confusionTable,
} from "../../../lib/reports/interactive/confusion_table.ts";

const LABELS = Int32Array.of(0, 0, 0, 1, 1, 2);
const CELLS = confusionCells(Int32Array.of(0, 1, 0, 2, 1, 2), LABELS);

Deno.test("confusionCells() counts the pairs of label and prediction that occur", () => {
  assert.deepEqual(
    CELLS.map(({ label, prediction, count }) => [label, prediction, count]),
    [[0, 0, 2], [0, 1, 1], [1, 1, 1], [1, 2, 1], [2, 2, 1]],
  );
});

Deno.test("confusionTable() names classes, counts and the share of hits", () => {
  const html = confusionTable(
    { name: "<CE>", cells: CELLS },
    ["a & b", "c", "d"],
  );
  assert(html.includes("<b>&lt;CE&gt;</b>: 66.7 % right"));
  assert(html.includes('<th scope="col"><span>a &amp; b</span></th>'));
  assert(html.includes('class="hit tint-7" data-cell="0 0">2</td>'));
  assert(html.includes('class="miss tint-10" data-cell="0 1"'));
  assert.equal(html.match(/data-cell/g)!.length, 5);
});

Deno.test("confusionTable() draws a model without errors", () => {
  const cells = confusionCells(LABELS, LABELS);
  const html = confusionTable({ name: "right", cells }, ["a", "b", "c"]);
  assert(html.includes("100.0 % right"));
  assert(!html.includes("miss"));
});

Deno.test("confusionTable() lists the most frequent errors of many classes", () => {
  const names = Array.from({ length: 21 }, (_, k) => `class ${k}`);
  const labels = Int32Array.from({ length: 63 }, (_, i) => i % 21);
  const predicted = labels.map((label, i) => i < 23 ? (label + 1) % 21 : label);
  const html = confusionTable(
    { name: "m", cells: confusionCells(predicted, labels) },
    names,
  );
  const cells = [...html.matchAll(/data-cell="(\d+ \d+)">(\d)</g)]
    .map(([, cell, count]) => `${cell}: ${count}`);
  assert.equal(cells.length, 20);
  assert.deepEqual(cells.slice(0, 3), ["0 1: 2", "1 2: 2", "2 3: 1"]);
});
