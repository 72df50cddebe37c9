import assert from "node:assert/strict";
import { METRIC_COLUMNS, METRICS } from "../../../lib/calibration/metrics.ts";
import { methodTables } from "../../../lib/reports/tables/method_table.ts";
import {
  SCORES,
  scoreTitle,
} from "../../../lib/reports/tables/score_styles.ts";
import { methodRows } from "../../../lib/study/method_rows.ts";
import { by, fakeRun, STUDY } from "../../runs/fake_runs.ts";

Deno.test("SCORES has each metric's format, its unit in the title", () => {
  assert.deepEqual(SCORES.accuracy, {
    title: "accuracy, %",
    digits: 2,
    factor: 100,
    better: "higher",
  });
  assert.deepEqual(SCORES.brier, {
    title: "Brier score",
    digits: 4,
    better: "lower",
  });
  assert.equal(SCORES.studentAccuracy.title, "student accuracy, %");
  for (const name of METRIC_COLUMNS) {
    assert.equal(scoreTitle(name), METRICS[name].title);
    assert.equal(SCORES[name].better, METRICS[name].better);
  }
});

Deno.test("every metric is a column of the methods' table, and a difference", async () => {
  const runs = [1, 2].flatMap((seed) => [
    fakeRun(by("ce", { ...STUDY, seed })),
    fakeRun(by("ls", { ...STUDY, seed }), { logLoss: 0.2 }),
  ]);
  const rows = await methodRows(runs, { bins: 10, reference: "ce" });
  const [means, differences] = methodTables(rows, METRIC_COLUMNS);
  const keys = means.columns.map(({ key }) => key);
  for (const name of METRIC_COLUMNS) {
    assert(keys.includes(name), name);
    assert(
      differences.records.some(({ score }) => score === SCORES[name].title),
      name,
    );
  }
});
