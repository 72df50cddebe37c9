import assert from "node:assert/strict";
import { evaluateConformal } from "../../../lib/calibration/conformal/evaluate_conformal.ts";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { conformalJson } from "../../../lib/cli/terminal/conformal_json.ts";
import { conformalLines } from "../../../lib/cli/terminal/conformal_lines.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const rows = {
  logits: logitsOf(Array(20).fill([4, 2, 0])),
  labels: Int32Array.from({ length: 20 }, (_, i) => i % 5 === 0 ? 1 : 0),
};
const evaluation = evaluateLogits(rows.logits, rows.labels, {
  ...{ bins: 10, validation: rows },
});
const sets = evaluateConformal(rows, rows, evaluation.calibrated);

Deno.test("conformalLines() has coverage and size before and after calibration", () => {
  const lines = conformalLines(sets, evaluation).trimEnd().split("\n");
  assert.equal(lines.length, 2 + 2 * 5);
  assert.match(
    lines[1],
    /^sets +probabilities +80 %: coverage +size +90 %: coverage +size +95 %/,
  );
  // 16 of 20 have label 0; the 17th of 20 scores is that of label 1.
  assert.match(lines[2], /^THR +uncalibrated +1\.000 +2\.00 /);
  assert.match(lines[7], /^THR +T = \d/);
  assert.match(lines[6], /^RAPS, deterministic +uncalibrated/);
});

Deno.test("conformalJson() is a flat list, with null for uncalibrated probabilities", () => {
  const json = conformalJson(sets);
  assert.equal(json.length, 2 * 5 * 3);
  assert.deepEqual(
    [json[0].by, json[0].method, json[0].randomised, json[0].targetCoverage],
    [null, "thr", false, 0.8],
  );
  assert.equal(json[15].by, "temperature");
  assert.deepEqual(json[0].coverageBySize, [
    { size: 2, rows: 20, coverage: 1 },
  ]);
  assert.equal(json[0].coverageByClass.length, 3);
});
