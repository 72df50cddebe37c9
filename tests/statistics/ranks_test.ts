import assert from "node:assert/strict";
import {
  averageRanks,
  meanRanks,
  rankRows,
} from "../../lib/statistics/ranks.ts";
import record from "../fixtures/ranks_reference.json" with { type: "json" };

Deno.test("averageRanks() counts from 1 and shares ties", () => {
  const { ranks, tieTerm } = averageRanks([0.5, 0.1, 0.5, 0.5, 0.2]);
  assert.deepEqual([...ranks], [4, 1, 4, 4, 2]);
  assert.equal(tieTerm, 3 ** 3 - 3);
});

Deno.test("averageRanks() are SciPy's", () => {
  for (const { values, ranks } of record.ranks) {
    assert.deepEqual([...averageRanks(values).ranks], ranks);
  }
});

Deno.test("meanRanks() gives the best method the smallest rank", () => {
  const losses = [[0.3, 0.2, 0.2], [0.5, 0.4, 0.6]];
  assert.deepEqual(meanRanks(rankRows(losses, "lower")), [2.5, 1.25, 2.25]);
  assert.deepEqual(meanRanks(rankRows(losses, "higher")), [1.5, 2.75, 1.75]);
});

Deno.test("meanRanks() of all methods average (k + 1) / 2", () => {
  for (const { scores } of record.friedman) {
    const means = meanRanks(rankRows(scores, "lower"));
    const k = means.length;
    const total = means.reduce((sum, rank) => sum + rank, 0);
    assert(Math.abs(total - k * (k + 1) / 2) < 1e-12);
  }
});

Deno.test("rankRows() refuses one method, ragged rows and values that are not numbers", () => {
  assert.throws(() => rankRows([[1], [2]], "lower"), {
    name: "BadInput",
    message: "Cannot rank methods as there must be a data set and two " +
      "methods or more: 2 data sets and 1 methods",
  });
  assert.throws(() => rankRows([[1, 2], [1, NaN]], "lower"), {
    message: /2 finite scores: data set 1 has 1, NaN$/,
  });
  assert.throws(() => rankRows([[1, 2], [1]], "lower"), { name: "BadInput" });
});
