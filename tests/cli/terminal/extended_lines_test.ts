import assert from "node:assert/strict";
import { evaluateExtended } from "../../../lib/calibration/evaluate_extended.ts";
import type { ExtendedEvaluation } from "../../../lib/calibration/extended_evaluation.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import { extendedLines } from "../../../lib/cli/terminal/extended_lines.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
const labels = Int32Array.of(0, 0, 0, 1);
const validation = { logits, labels };

const evaluated = (resamples: number) =>
  evaluateExtended(logits, labels, {
    ...{ bins: 10, topK: 2, resamples, validation },
  });

const text = (evaluation: ExtendedEvaluation, all = false, tooLarge = false) =>
  extendedLines(evaluation, { all, resamples: 20, tooLarge }).split("\n");

Deno.test("extendedLines() has the main metrics, or a line for each", async () => {
  const evaluation = await evaluated(0);
  const few = text(evaluation);
  assert.equal(few[0], "4 rows, 2 classes, 10 bins");
  assert.match(few[2], /^accuracy +0\.7500 +0\.7500$/);
  assert.equal(few.at(-2), "19 more metrics with --all-metrics");
  assert.equal(few.length, 2 + 9 + 2);
  const all = text(evaluation, true);
  assert.equal(all.length, 2 + EXTENDED_METRIC_NAMES.length + 1);
  const titles = all.slice(2, -1).map((line) => line.slice(0, 24).trimEnd());
  assert.equal(new Set(titles).size, EXTENDED_METRIC_NAMES.length);
  assert(titles.includes("top-2 accuracy"));
});

Deno.test("extendedLines() says why there are no intervals", async () => {
  const evaluation = await evaluated(0);
  const reason = "No intervals of so many scores by default: --resamples N " +
    "computes them";
  assert(text(evaluation, false, true).includes(reason));
  assert(!text(evaluation).includes(reason));
});

Deno.test("extendedLines() prints intervals, with columns apart", async () => {
  const lines = text(await evaluated(20));
  assert.match(lines[1], /^ +uncalibrated +T = 3\.641$/);
  const number = String.raw`\d\.\d{4}`;
  const cell = String.raw`  ${number} \[${number}, ${number}\]`;
  assert.match(lines[2], new RegExp(`^accuracy *${cell}${cell}$`));
  assert(lines.includes("[95 % intervals from 20 resamples of the rows]"));
});

Deno.test("extendedLines() names the metrics that lie below their intervals", async () => {
  const evaluation = await evaluated(20);
  const { plain, intervals } = evaluation;
  const note = (lines: readonly string[]) =>
    lines.find((line) => line.startsWith("Below the interval: "));
  const low = { ...plain, ece: 0, mce: 0 };
  const above = { low: 0.1, high: 0.2 };
  const shifted = {
    ...evaluation,
    plain: low,
    intervals: intervals.map((all) => ({ ...all, ece: above, mce: above })),
  };
  assert.match(note(text(shifted))!, /^Below the interval: (?!.*MCE).*ECE/);
  assert.match(note(text(shifted, true))!, /ECE.*MCE/);
  const wide = { low: -1, high: 100 };
  const none = intervals.map((all) =>
    Object.fromEntries(
      Object.keys(all).map((name) => [name, wide]),
    ) as typeof all
  );
  assert.equal(note(text({ ...evaluation, intervals: none })), undefined);
});

Deno.test("extendedLines() prints a metric without a value as a dash", async () => {
  const right = Int32Array.of(0, 0, 0, 0);
  const evaluation = await evaluateExtended(logits, right, {
    ...{ bins: 10, resamples: 20 },
  });
  const line = text(evaluation, true)
    .find((line) => line.startsWith("AUROC of confidence"));
  assert.match(line!, / – \[–, –\]$/);
});
