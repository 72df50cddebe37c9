import assert from "node:assert/strict";
import { friedmanTest } from "../../lib/statistics/friedman.ts";
import { rankRows } from "../../lib/statistics/ranks.ts";
import record from "../fixtures/ranks_reference.json" with { type: "json" };

Deno.test("friedmanTest() of agreeing data sets is as by hand", () => {
  // Mean ranks 1, 2, 3: 12 * 4 / (3 * 4) * (1 + 0 + 1) = 8, the largest there
  // is; with two degrees its tail is exp(-4).
  const rows = rankRows(Array(4).fill([0.1, 0.2, 0.3]), "lower");
  assert.deepEqual(friedmanTest(rows), {
    dataSets: 4,
    methods: 3,
    statistic: 8,
    pValue: Math.exp(-4),
    imanDavenport: Infinity,
  });
});

Deno.test("friedmanTest() is SciPy's, ties and all", () => {
  for (const { scores, statistic, pValue } of record.friedman) {
    const found = friedmanTest(rankRows(scores, "lower"));
    assert(Math.abs(found.statistic / statistic - 1) < 1e-12);
    assert(Math.abs(found.pValue / pValue - 1) < 1e-10);
    const [n, k] = [scores.length, scores[0].length];
    const f = (n - 1) * statistic / (n * (k - 1) - statistic);
    assert(Math.abs(found.imanDavenport / f - 1) < 1e-10);
  }
});

Deno.test("friedmanTest() finds nothing where all methods tie", () => {
  const { statistic, pValue } = friedmanTest(
    rankRows([[1, 1, 1], [2, 2, 2]], "lower"),
  );
  assert.deepEqual([statistic, pValue], [0, 1]);
});

Deno.test("friedmanTest() refuses a single data set", () => {
  assert.throws(() => friedmanTest(rankRows([[1, 2]], "lower")), {
    name: "BadInput",
    message: "Cannot test ranks as there must be two data sets or more: 1",
  });
});
