import assert from "node:assert/strict";
import {
  confusionCounts,
  confusionTable,
} from "../../../lib/reports/interactive/confusion_table.ts";

const LABELS = Int32Array.of(0, 0, 0, 1, 1, 2);
const PREDICTED = Int32Array.of(0, 0, 1, 1, 2, 2);

Deno.test("confusionCounts() has a row per label and a column per prediction", () => {
  assert.deepEqual(confusionCounts(PREDICTED, LABELS, 3), [
    [2, 1, 0],
    [0, 1, 1],
    [0, 0, 1],
  ]);
});

Deno.test("confusionTable() names classes, counts and the share of hits", () => {
  const model = { name: "<CE>", predicted: PREDICTED };
  const html = confusionTable(model, LABELS, ["a & b", "c", "d"]);
  assert(html.includes("<b>&lt;CE&gt;</b>:\n66.7 % right"));
  assert(html.includes('<th scope="col"><span>a &amp; b</span></th>'));
  assert(html.includes('data-cell="0 0" style="--share:0.67">2</td>'));
  assert(html.includes('class="miss" data-cell="0 1"'));
  assert.equal(html.match(/data-cell/g)!.length, 5);
});

Deno.test("confusionTable() draws a model without errors", () => {
  const model = { name: "right", predicted: LABELS };
  const html = confusionTable(model, LABELS, ["a", "b", "c"]);
  assert(html.includes("100.0 % right"));
  assert(!html.includes("miss"));
});
