import assert from "node:assert/strict";
import type { Ranking } from "../../../lib/study/rank_runs.ts";
import {
  rankingFigure,
  rankingSentence,
  rankingTable,
} from "../../../lib/reports/tables/ranking_table.ts";

const RANKING: Ranking = {
  score: "logLoss",
  methods: [{ name: "ls", rank: 1.25 }, { name: "ce", rank: 1.75 }],
  dataSets: 4,
  names: ["a mlp", "b mlp", "c mlp", "d mlp"],
  alpha: 0.05,
  criticalDifference: 0.98,
  friedman: {
    dataSets: 4,
    methods: 2,
    statistic: 1,
    pValue: 0.3173,
    imanDavenport: 1,
  },
};

Deno.test("rankingSentence() gives methods, data sets, critical difference and test", () => {
  assert.equal(
    rankingSentence(RANKING),
    "log loss: 2 methods on 4 pairs of a data set and a network (a mlp, " +
      "b mlp, c mlp, d mlp); mean ranks differ significantly at 0.05 if they " +
      "are at least 0.98 apart (Nemenyi). Friedman's chi-square is 1.00 " +
      "(p = 0.32).",
  );
  const bare = { ...RANKING, names: [], friedman: null };
  assert.match(
    rankingSentence(bare),
    /a network; mean .* apart \(Nemenyi\)\.$/,
  );
});

Deno.test("rankingTable() has one flat record per method and score", () => {
  const ece = { ...RANKING, score: "ece", friedman: null } as const;
  const { records } = rankingTable([RANKING, ece]);
  assert.deepEqual(
    records.map(({ score, method, meanRank, friedman }) =>
      [score, method, meanRank, friedman].join()
    ),
    [
      "logLoss,ls,1.25,1",
      "logLoss,ce,1.75,1",
      "ece,ls,1.25,",
      "ece,ce,1.75,",
    ],
  );
});

Deno.test("rankingFigure() draws each ranking under the name of its score", () => {
  const one = rankingFigure([RANKING]);
  assert.match(one.ariaLabel, /^Mean ranks: ls 1\.25, ce 1\.75/);
  const both = rankingFigure([RANKING, { ...RANKING, score: "ece" }]);
  assert.match(both.svg, />log loss<.*>ECE</s);
});
