import {
  type NetworkKey,
  pairedScores,
  scoresOf,
} from "../../statistics/paired_scores.ts";
import { pairsToDecide, smallestDifference } from "../../statistics/power.ts";
import { studentTQuantile } from "../../statistics/student_t.ts";
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
 * verdict is "undecided" if the interval contains 0; then the last two columns state
 * how many seeds would decide it, and the smallest difference that these seeds would
 * probably show.
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
  const scaled = { key: "scaled", title: GROUP_TITLES.scaled };
  const before = ["difference", "score", scaled];
  return table(rows, differenceLayout(rows, { before, caption }));
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
  const before = ["method", "score"];
  return table(rows, differenceLayout(rows, { before, caption }));
}

/** A row with an outlook, or without one. */
type WithOutlook = ReturnType<typeof outlook> | typeof NO_OUTLOOK;

/**
 * Columns for rows of `inUnits()`, and a caption that explains them. The outlook is
 * left out if no row has one.
 */
export function differenceLayout(
  rows: readonly WithOutlook[],
  { before, caption }: {
    /** Columns before these. */
    readonly before: readonly (string | Column)[];
    readonly caption: string;
  },
): { readonly columns: (string | Column)[]; readonly caption: string } {
  const columns = [...before, ...DIFFERENCE];
  if (rows.every(({ needed }) => needed === null)) return { columns, caption };
  return {
    columns: [...columns, ...OUTLOOK],
    caption:
      `${caption}. Seeds to decide: needed by a paired t-test (level 0.05, ` +
      "power 0.8) at the observed mean and spread. Smallest visible: what the " +
      "present seeds would find with that power",
  };
}

const DIFFERENCE: readonly Column[] = [
  { key: "n", title: "seeds" },
  ...["mean", "low", "high"].map((key) => ({ key, digits: 3 })),
  { key: "verdict", tone: ({ verdict }) => verdictTone(String(verdict)) },
];

const OUTLOOK: readonly Column[] = [
  { key: "needed", title: "seeds to decide" },
  { key: "smallest", title: "smallest visible", digits: 3 },
];

/** A paired difference in the unit of the score, with its verdict. */
export function inUnits(
  score: ScoreName,
  { n, mean, low, high }: Omit<PairedDifference, "standardError">,
) {
  const { factor = 1, better } = SCORES[score];
  const inUnit = {
    mean: factor * mean,
    low: factor * low,
    high: factor * high,
  };
  const found = verdict(inUnit, better);
  return {
    n,
    ...inUnit,
    verdict: found,
    ...found === UNDECIDED && high > low ? outlook(n, inUnit) : NO_OUTLOOK,
  };
}

/** Of a difference that is decided, or without spread. */
const NO_OUTLOOK = { needed: null, smallest: null };

/**
 * What more seeds would give, for a two-sided paired t-test with level 0.05 and power
 * 0.8: `needed` seeds if the observed mean and spread are the true ones, and the
 * `smallest` difference that the present seeds would probably show.
 */
function outlook(
  pairs: number,
  { mean, low, high }: Pick<PairedDifference, "mean" | "low" | "high">,
) {
  const error = (high - low) / 2 / studentTQuantile(0.975, pairs - 1);
  const deviation = error * Math.sqrt(pairs);
  return {
    needed: pairsToDecide({ mean, deviation }) ?? "over 100,000",
    smallest: smallestDifference({ deviation, pairs }),
  };
}

const UNDECIDED = "undecided";

function verdict(
  { low, high }: { low: number; high: number },
  better: ScoreStyle["better"],
): string {
  if (low <= 0 && high >= 0) return UNDECIDED;
  if (better === undefined) return high < 0 ? "smaller" : "larger";
  return (high < 0) === (better === "lower") ? "better" : "worse";
}
