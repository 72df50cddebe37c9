import { BadInput } from "../bad_input.ts";
import { pairedDifference } from "../statistics.ts";
import {
  GROUP_TITLES,
  type NetworkKey,
  type ScoreName,
  SCORES,
  scoresOf,
  type ScoreStyle,
} from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column } from "./table_cell.ts";

/**
 * Differences of methods in pairs of one seed, with 95 % intervals. A verdict
 * other than "undecided" needs an interval that leaves 0 out.
 *
 * @param pairs `[a, b]` for `a - b`
 * @throws {BadInput} if the methods of a pair do not have the same seeds
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
      scalings.map((scaled) => {
        checkSeeds(records, [a, b], scaled);
        const values = (method: string) =>
          scoresOf(records, { method, scaled, score });
        return {
          difference: `${a} − ${b}`,
          score: SCORES[score].title,
          scaled,
          ...difference(score, values(a), values(b)),
        };
      })
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
 * What temperature scaling changes: each method's records with it minus those
 * without, in pairs of one seed, with 95 % intervals.
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
        ...difference(score, values(true), values(false)),
      };
    })
  );
  const columns = ["method", "score", ...DIFFERENCE_COLUMNS];
  return table(rows, { columns, caption });
}

const DIFFERENCE_COLUMNS: Column[] = [
  { key: "n", title: "seeds" },
  ...["mean", "low", "high"].map((key) => ({ key, digits: 3 })),
  { key: "verdict", tone: ({ verdict }) => TONES[String(verdict)] },
];

/** A paired difference in the score's own unit, and its verdict. */
function difference(
  score: ScoreName,
  a: readonly number[],
  b: readonly number[],
) {
  const { factor = 1, better } = SCORES[score];
  const { n, mean, low, high } = pairedDifference(a, b);
  return {
    n,
    mean: factor * mean,
    low: factor * low,
    high: factor * high,
    verdict: verdict({ low, high }, better),
  };
}

/** Numbers are paired by their place, so each place must be of one seed. */
function checkSeeds(
  records: readonly NetworkKey[],
  [a, b]: readonly [string, string],
  scaled: boolean,
): void {
  const [seedsOfA, seedsOfB] = [a, b].map((method) =>
    records.filter((record) =>
      record.method === method && record.scaled === scaled
    ).map(({ seed }) => seed).sort((x, y) => x - y).join(", ")
  );
  if (seedsOfA === seedsOfB) return;
  throw new BadInput(
    `Cannot pair ${a} with ${b} as they need the same seeds: ${a} has ` +
      `${seedsOfA || "none"}, ${b} has ${seedsOfB || "none"}`,
  );
}

const TONES: Readonly<Record<string, "good" | "bad">> = {
  better: "good",
  worse: "bad",
};

function verdict(
  { low, high }: { low: number; high: number },
  better: ScoreStyle["better"],
): string {
  if (low <= 0 && high >= 0) return "undecided";
  if (better === undefined) return high < 0 ? "smaller" : "larger";
  return (high < 0) === (better === "lower") ? "better" : "worse";
}
