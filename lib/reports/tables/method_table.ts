import { CALIBRATORS } from "../../calibration/calibrators/calibrators.ts";
import type { MethodRow } from "../../study/method_rows.ts";
import { differenceLayout, inUnits } from "./difference_table.ts";
import { GROUP_TITLES, SCORES } from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column } from "./table_cell.ts";

/** A score of a row. */
export type MethodScore = Exclude<
  Extract<keyof MethodRow, keyof typeof SCORES>,
  "temperature"
>;

/**
 * Tables for each combination of data set, network and training settings, named in
 * the caption: mean ± standard deviation over the seeds of each method, and the
 * differences from the reference method if there is one.
 */
export function methodTables(
  rows: readonly MethodRow[],
  scores: readonly MethodScore[],
): Table[] {
  const comparable = Map.groupBy(
    rows,
    ({ dataset, model, settings }) => [dataset, model, settings].join(", "),
  );
  return [...comparable].flatMap(([setting, group]) => {
    const caption = `${setting}; ${group[0].bins} bins`;
    const differences = differenceRows(group, scores);
    const scaled = { key: "scaled", title: calibratorTitle(group) };
    return [
      meansTable(group, scores, caption),
      ...(differences.length ? [differencesTable(differences, scaled)] : []),
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
      ...(areDistinct(rows) ? ["method"] : [{ key: "label", title: "method" }]),
      ...varies("numbers"),
      ...varies("teacher"),
      { key: "scaled", title: calibratorTitle(rows) },
      { key: "n", title: "seeds" },
      ...scores.map((key): Column => {
        const { better, ...style } = SCORES[key];
        const best = better === "higher" ? "highest" : "lowest";
        return { key, stdev: `${key}Stdev`, ...style, ...marked(rows, best) };
      }),
      ...rows[0].calibrator === undefined ? [TEMPERATURE] : [],
    ],
    caption,
  });
}

const TEMPERATURE: Column = {
  key: "temperature",
  digits: 3,
  stdev: "temperatureStdev",
};

/** The heading of the column that says whether a row is calibrated. */
function calibratorTitle([{ calibrator }]: readonly MethodRow[]): string {
  return calibrator === undefined
    ? GROUP_TITLES.scaled
    : CALIBRATORS[calibrator].title;
}

/** Marks the best value, unless there is only one method. */
function marked(
  rows: readonly MethodRow[],
  best: "highest" | "lowest",
): Pick<Column, "best"> {
  return new Set(rows.map(({ label }) => label)).size > 1 ? { best } : {};
}

/** True if method, hyperparameters and teacher distinguish all rows. */
function areDistinct(rows: readonly MethodRow[]): boolean {
  const keys = rows.map(({ method, numbers, teacher, scaled }) =>
    JSON.stringify([method, numbers, teacher, scaled])
  );
  return new Set(keys).size === rows.length;
}

/** With single pairs only, says once that there are no intervals. */
function differencesTable(
  rows: ReturnType<typeof differenceRows>,
  scaled: Column,
): Table {
  const before = ["difference", scaled, "score"];
  if (rows.every(({ verdict }) => verdict === UNKNOWN.verdict)) {
    return table(rows, { columns: [...before, MEAN], caption: ONE_SEED });
  }
  const caption = DIFFERENCES;
  return table(rows, differenceLayout(rows, { before, caption }));
}

const DIFFERENCES = "Differences paired by seed, with 95 % intervals";
const ONE_SEED = "Differences of one seed; intervals need at least two";

const MEAN: Column = { key: "mean", title: "value", digits: 3 };

/** A single pair has no interval and no verdict. */
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
