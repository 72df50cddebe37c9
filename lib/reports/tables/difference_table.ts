import {
  type NetworkKey,
  pairedScores,
  scoresOf,
} from "../../statistics/paired_scores.ts";
import {
  type PairedDifference,
  pairedDifference,
} from "../../statistics/summary.ts";
import {
  GROUP_TITLES,
  type ScoreName,
  SCORES,
  type ScoreStyle,
  verdictTone,
} from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column } from "./table_cell.ts";

/**
 * Differences between methods, paired by seed, with 95 % confidence intervals. The
 * verdict is "undecided" if the interval contains 0.
 *
 * @param options `pairs` of `[a, b]` for `a - b`, `scores` and `caption`
 * @throws {BadInput} if the methods of a pair have different seeds
 */
export function differenceTable<Row extends NetworkKey>(
  records: readonly Row[],
  { pairs, scores, caption }: {
    readonly pairs: readonly (readonly [string, string])[];
    readonly scores: readonly ScoreName[];
    readonly caption: string;
  },
): Table {
  const scalings = [...new Set(records.map(({ scaled }) => scaled))];
  const rows = pairs.flatMap(([a, b]) =>
    scores.flatMap((score) =>
      scalings.map((scaled) => ({
        difference: `${a} − ${b}`,
        score: SCORES[score].title,
        scaled,
        ...inUnits(score, pairedScores(records, [a, b], { scaled, score })),
      }))
    )
  );
  return table(rows, {
    columns: [
      "difference",
      "score",
      { key: "scaled", title: GROUP_TITLES.scaled },
      ...DIFFERENCE_COLUMNS,
    ],
    caption,
  });
}

/**
 * The effect of temperature scaling: each method's scores with it minus those
 * without, paired by seed, with 95 % confidence intervals.
 */
export function scalingTable<Row extends NetworkKey>(
  records: readonly Row[],
  { scores, caption }: {
    readonly scores: readonly ScoreName[];
    readonly caption: string;
  },
): Table {
  const methods = [...new Set(records.map(({ method }) => method))];
  const rows = methods.flatMap((method) =>
    scores.map((score) => {
      const values = (scaled: boolean) =>
        scoresOf(records, { method, scaled, score });
      return {
        method,
        score: SCORES[score].title,
        ...inUnits(score, pairedDifference(values(true), values(false))),
      };
    })
  );
  const columns = ["method", "score", ...DIFFERENCE_COLUMNS];
  return table(rows, { columns, caption });
}

/** Columns for the result of `inUnits()`. */
export const DIFFERENCE_COLUMNS: readonly Column[] = [
  { key: "n", title: "seeds" },
  ...["mean", "low", "high"].map((key) => ({ key, digits: 3 })),
  { key: "verdict", tone: ({ verdict }) => verdictTone(String(verdict)) },
];

/** A paired difference in the unit of the score, with its verdict. */
export function inUnits(
  score: ScoreName,
  { n, mean, low, high }: Omit<PairedDifference, "standardError">,
) {
  const { factor = 1, better } = SCORES[score];
  return {
    n,
    mean: factor * mean,
    low: factor * low,
    high: factor * high,
    verdict: verdict({ low, high }, better),
  };
}

function verdict(
  { low, high }: { low: number; high: number },
  better: ScoreStyle["better"],
): string {
  if (low <= 0 && high >= 0) return "undecided";
  if (better === undefined) return high < 0 ? "smaller" : "larger";
  return (high < 0) === (better === "lower") ? "better" : "worse";
}
