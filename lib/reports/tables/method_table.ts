import type { MethodRow } from "../../study/method_rows.ts";
import { DIFFERENCE_COLUMNS, inUnits } from "./difference_table.ts";
import { GROUP_TITLES, SCORES } from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column } from "./table_cell.ts";

/** A score that a row holds. */
export type MethodScore = Exclude<
  Extract<keyof MethodRow, keyof typeof SCORES>,
  "temperature"
>;

/**
 * Methods over their seeds, mean ± standard deviation of each score, and where
 * there is a reference the differences to it: tables for each data set, network
 * and training, which stand in the caption.
 */
export function methodTables(
  rows: readonly MethodRow[],
  scores: readonly MethodScore[],
): Table[] {
  const comparable = Map.groupBy(
    rows,
    ({ dataset, model, settings }) => [dataset, model, settings].join(", "),
  );
  return [...comparable].flatMap(([words, own]) => {
    const caption = `${words}; ${own[0].bins} bins`;
    const differences = differenceRows(own, scores);
    return [
      meansTable(own, scores, caption),
      ...(differences.length
        ? [table(differences, { columns: DIFFERENCE, caption: DIFFERENCES })]
        : []),
    ];
  });
}

function meansTable(
  rows: readonly MethodRow[],
  scores: readonly MethodScore[],
  caption: string,
): Table {
  const varies = (key: keyof MethodRow): string[] =>
    new Set(rows.map((row) => row[key])).size > 1 ? [key] : [];
  return table(rows, {
    columns: [
      ...(isTold(rows) ? ["method"] : [{ key: "label", title: "method" }]),
      ...varies("numbers"),
      ...varies("teacher"),
      { key: "scaled", title: GROUP_TITLES.scaled },
      { key: "n", title: "seeds" },
      ...scores.map((key): Column => {
        const { better, ...style } = SCORES[key];
        const best = better === "higher" ? "highest" : "lowest";
        // A method is not the best of itself.
        return { key, stdev: `${key}Stdev`, ...style, ...named(rows, best) };
      }),
      { key: "temperature", digits: 3, stdev: "temperatureStdev" },
    ],
    caption,
  });
}

function named(
  rows: readonly MethodRow[],
  best: "highest" | "lowest",
): Pick<Column, "best"> {
  return new Set(rows.map(({ label }) => label)).size > 1 ? { best } : {};
}

/** Whether name, numbers and teacher tell all rows apart. */
function isTold(rows: readonly MethodRow[]): boolean {
  const told = rows.map(({ method, numbers, teacher, scaled }) =>
    JSON.stringify([method, numbers, teacher, scaled])
  );
  return new Set(told).size === rows.length;
}

const DIFFERENCES = "Differences in pairs of one seed, with 95 % intervals";

const DIFFERENCE: readonly (string | Column)[] = [
  "difference",
  { key: "scaled", title: GROUP_TITLES.scaled },
  "score",
  ...DIFFERENCE_COLUMNS,
];

/** Of one pair nothing is known but its difference. */
const UNKNOWN = { low: null, high: null, verdict: "one seed, no interval" };

function differenceRows(
  rows: readonly MethodRow[],
  scores: readonly MethodScore[],
) {
  return rows.flatMap((row) =>
    scores.flatMap((score) => {
      const mean = row[`${score}Difference`];
      const low = row[`${score}Low`];
      const high = row[`${score}High`];
      if (mean === null) return [];
      const known = low === null || high === null
        ? { ...inUnits(score, { n: 1, mean, low: 0, high: 0 }), ...UNKNOWN }
        : inUnits(score, { n: row.pairs, mean, low, high });
      return [{
        difference: `${row.label} − ${row.reference}`,
        scaled: row.scaled,
        score: SCORES[score].title,
        ...known,
      }];
    })
  );
}
