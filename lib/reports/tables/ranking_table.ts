import type { Ranking } from "../../study/rank_runs.ts";
import { criticalDifferenceDiagram } from "../../plots/critical_difference.ts";
import { type Figure, panels } from "../../plots/parts/render.ts";
import { scoreTitle } from "./score_styles.ts";
import { type Table, table } from "./table.ts";

/** Mean rank of each method by each score, with the statistics of the tests. */
export function rankingTable(rankings: readonly Ranking[]): Table {
  const rows = rankings.flatMap((ranking) => {
    const { score, methods, dataSets, alpha, criticalDifference } = ranking;
    const { statistic = null, pValue = null, imanDavenport = null } =
      ranking.friedman ?? {};
    return methods.map(({ name, rank }) => ({
      score,
      method: name,
      meanRank: rank,
      methods: methods.length,
      dataSets,
      alpha,
      criticalDifference,
      friedman: statistic,
      pValue,
      imanDavenport,
    }));
  });
  return table(rows, {
    columns: [
      ...(rankings.length > 1 ? ["score"] : []),
      "method",
      { key: "meanRank", title: "mean rank", digits: 2 },
    ],
    caption: rankings.length > 1
      ? "Mean ranks"
      : `Mean ranks by ${scoreTitle(rankings[0].score)}`,
  });
}

/** One or two sentences on the tests of a ranking. */
export function rankingSentence(ranking: Ranking): string {
  const { methods, dataSets, names, alpha, criticalDifference } = ranking;
  const { friedman } = ranking;
  return `${
    scoreTitle(ranking.score)
  }: ${methods.length} methods on ${dataSets} ` +
    "pairs of a data set and a network" +
    (names.length ? ` (${names.join(", ")})` : "") +
    `; mean ranks differ significantly at ${alpha} if they are at least ` +
    `${criticalDifference.toFixed(2)} apart (Nemenyi).` +
    (friedman === null
      ? ""
      : ` Friedman's chi-square is ${friedman.statistic.toFixed(2)} ` +
        `(p = ${friedman.pValue.toPrecision(2)}).`);
}

/** Critical-difference diagrams, in two columns if there are several. */
export function rankingFigure(rankings: readonly Ranking[]): Figure {
  const figures = rankings.map((ranking) =>
    criticalDifferenceDiagram(ranking.methods, {
      difference: ranking.criticalDifference,
      title: scoreTitle(ranking.score),
    })
  );
  return figures.length === 1 ? figures[0] : panels(figures, 2, {
    caption: "Mean ranks, the best on the left; a bar joins methods that do " +
      `not differ in the Nemenyi test at ${rankings[0].alpha}.`,
  });
}
