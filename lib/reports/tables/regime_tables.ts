import { signedText } from "./decimal_text.ts";
import type { Advice } from "../../study/regimes/advice.ts";
import type { PlainRow } from "../../study/regimes/cell.ts";
import type { ChosenNumbers } from "../../study/regimes/chosen.ts";
import type { Gain, GainSummary } from "../../study/regimes/gains.ts";
import type { RuleSpread, RuleTest } from "../../study/regimes/rule.ts";
import { SCORES, scoreTitle } from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column, FlatRecord } from "./table_cell.ts";
import { validationScore } from "./tune_table.ts";

/** The columns that name a cell. */
const CELL: readonly (string | Column)[] = [
  "network",
  { key: "noise", title: "label noise" },
  "images",
];

/** Differences of log losses. */
const LOSS_DIGITS = 4;

/** In the table to act on, which must fit on a page. */
const ADVICE_DIGITS = 3;

/** What is known of each cell before any method but `ce` is tried. */
export function plainTable(rows: readonly PlainRow[], caption: string): Table {
  return table(rows, {
    columns: [
      ...CELL,
      { key: "n", title: "seeds" },
      {
        key: "temperature",
        title: "fitted temperature",
        digits: 2,
        stdev: "temperatureStdev",
      },
      ...(["accuracy", "logLoss"] as const).map((key): Column => {
        const { better: _, ...style } = validationScore(key);
        return { key, ...style, stdev: `${key}Stdev` };
      }),
    ],
    caption,
  });
}

/** The chosen numbers: a row per cell, a column per method. */
export function chosenTable(
  rows: readonly ChosenNumbers[],
  caption: string,
): Table {
  const titles = new Map(
    rows.map((
      { method, numbers },
    ) => [method, numbers ? `${method}: ${numbers}` : method]),
  );
  const cells = Map.groupBy(
    rows,
    ({ network, noise, images }) => JSON.stringify([network, noise, images]),
  );
  const wide = [...cells.values()].map((own): FlatRecord => {
    const [{ network, noise, images }] = own;
    const values = own.map(({ method, values }) => [method, values || null]);
    return { network, noise, images, ...Object.fromEntries(values) };
  });
  const columns = [...titles].map(([key, title]) => ({ key, title }));
  return table(wide, { columns: [...CELL, ...columns], caption });
}

/** Every gain with its interval, in the unit of its score. */
export function gainsTable(gains: readonly Gain[], caption: string): Table {
  const rows = gains.map(({ score, gain, low, high, ...key }) => {
    const { factor = 1, title } = SCORES[score];
    return {
      ...key,
      score: title,
      gain: factor * gain,
      low: factor * low,
      high: factor * high,
      verdict: low > 0 ? "better" : high < 0 ? "worse" : "undecided",
    };
  });
  return table(rows, {
    columns: [
      ...CELL,
      ...["method", "rival", "score"],
      { key: "n", title: "seeds" },
      ...["gain", "low", "high"].map((key) => ({ key, digits: LOSS_DIGITS })),
      "verdict",
    ],
    caption,
  });
}

/**
 * Gains over all cells: a row per rival and method, and for each score the mean gain
 * and the numbers of cells where it is better and worse.
 *
 * @param caption to which the meaning of the numbers is added
 */
export function gainSummaryTable(
  summaries: readonly GainSummary[],
  caption: string,
): Table {
  const scores = [...new Set(summaries.map(({ score }) => score))];
  const pairs = Map.groupBy(
    summaries,
    ({ rival, method }) => JSON.stringify([rival, method]),
  );
  const rows = [...pairs.values()].map((own): FlatRecord => {
    const [{ rival, method, cells }] = own;
    const texts = own.map((summary) => [summary.score, summaryText(summary)]);
    return { rival, method, cells, ...Object.fromEntries(texts) };
  });
  return table(rows, {
    columns: [
      { key: "rival", title: "over" },
      "method",
      { key: "cells", title: "situations" },
      ...scores.map((key) => ({ key, title: SCORES[key].title })),
    ],
    caption:
      `${caption}; in brackets, in how many situations the interval is ` +
      "above and below 0",
  });
}

/** "+0.0123 (7/2)" for seven cells where it is better and two where it is worse. */
function summaryText({ score, gain, better, worse }: GainSummary): string {
  const { factor = 1, digits } = SCORES[score];
  return `${signedText(factor * gain, digits)} (${better}/${worse})`;
}

/**
 * Hit rates of rules on the cells that they were not fitted on. CSV and JSON contain
 * the weights too.
 */
export function ruleTable(
  rules: readonly { readonly test: RuleTest; readonly spread: RuleSpread }[],
  caption: string,
): Table {
  const percent = (key: string, title: string): Column => (
    { key, title: `${title}, %`, factor: 100, digits: 0 }
  );
  return table(rules.map(ruleRow), {
    columns: [
      { key: "pair", title: "lower log loss" },
      { key: "testedCells", title: "unseen situations" },
      { key: "tested", title: "networks" },
      percent("hitRate", "rule right"),
      percent("majorityHitRate", "majority right"),
      percent("meanHitRate", "rule, all halves"),
      percent("meanMajorityHitRate", "majority, all halves"),
      percent("ahead", "halves with the rule ahead"),
    ],
    caption,
  });
}

function ruleRow(
  { test, spread }: { readonly test: RuleTest; readonly spread: RuleSpread },
): FlatRecord {
  const { method, rival, fittedCells, testedCells, fitted, tested } = test;
  const [images = null, temperature = null, accuracy = null] =
    test.model?.weights ?? [];
  return {
    pair: `${method} or ${rival}`,
    ...{ fittedCells, fitted, testedCells, tested },
    hitRate: test.hitRate,
    majorityHitRate: test.majorityHitRate,
    halves: spread.halves,
    meanHitRate: spread.hitRate,
    meanMajorityHitRate: spread.majorityHitRate,
    ahead: spread.ahead,
    intercept: test.model?.intercept ?? null,
    imagesWeight: images,
    temperatureWeight: temperature,
    accuracyWeight: accuracy,
  };
}

/** The prediction of a rule for every unseen cell, and what was observed. */
export function ruleCellsTable({ cells }: RuleTest, caption: string): Table {
  return table(cells, {
    columns: [
      ...CELL,
      "predicted",
      {
        key: "observed",
        tone: ({ predicted, observed }) =>
          predicted === observed ? "good" : "bad",
      },
      { key: "hits" },
      { key: "n", title: "of seeds" },
      { key: "gain", digits: LOSS_DIGITS },
      { key: "low", digits: LOSS_DIGITS },
      { key: "high", digits: LOSS_DIGITS },
    ],
    caption,
  });
}

/** The table to act on; its records have more than its columns. */
export function adviceTable(rows: readonly Advice[], caption: string): Table {
  const loss = scoreTitle("logLoss");
  const shown = rows.map((row) => ({
    ...row,
    lowest: `${row.bestLogLoss.toFixed(ADVICE_DIGITS)} (${row.best})`,
    overScaled: gainText(row),
  }));
  return table(shown, {
    columns: [
      ...CELL,
      "use",
      { key: "logLoss", title: loss, digits: ADVICE_DIGITS },
      { key: "lowest", title: `lowest ${loss}` },
      { key: "overScaled", title: "its gain over scaled ce" },
      { key: "asGood", title: "not beaten by it" },
    ],
    caption,
  });
}

/** "0.017 [−0.016, 0.051]"; null if there is no gain. */
function gainText({ gain, low, high }: Advice): string | null {
  if (gain === null || low === null || high === null) return null;
  const [mean, from, to] = [gain, low, high].map((value) =>
    value.toFixed(ADVICE_DIGITS).replace(/^-/, "−")
  );
  return `${mean} [${from}, ${to}]`;
}
