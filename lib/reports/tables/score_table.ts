import { GROUP_TITLES, type ScoreName, SCORES } from "./score_styles.ts";
import { summarise } from "./summarise.ts";
import { type Table, table } from "./table.ts";
import type { Column, Flat, FlatRecord } from "./table_cell.ts";

/**
 * Mean ± standard deviation over the seeds of each group of records, with the best
 * means in bold. A group may lack a score: null in all of its records.
 */
export function scoreTable<Row extends Flat<Row>>(
  records: readonly Row[],
  { by, scores, caption }: {
    readonly by: readonly string[];
    readonly scores: readonly ScoreName[];
    readonly caption: string;
  },
): Table {
  const columns: Column[] = [
    ...by.map((key) => ({ key, title: GROUP_TITLES[key] ?? key })),
    { key: "n", title: "seeds" },
    ...scores.map((key): Column => {
      const { better, ...style } = SCORES[key];
      const best = better === "higher" ? "highest" : "lowest";
      const stdev = `${key}Stdev`;
      return { key, stdev, ...style, ...(better ? { best } : {}) };
    }),
  ];
  return table(summariseKnown(records, by, scores), { columns, caption });
}

/** As `summarise()`; a score that is null in all records of a group stays null. */
function summariseKnown<Row extends Flat<Row>>(
  records: readonly Row[],
  by: readonly string[],
  scores: readonly ScoreName[],
): FlatRecord[] {
  const keyOf = (record: Row | FlatRecord) =>
    JSON.stringify(by.map((key) => (record as FlatRecord)[key]));
  const isKnown = (score: string) => (record: Row) =>
    (record as FlatRecord)[score] !== null;
  const complete = scores.filter((score) => records.every(isKnown(score)));
  const rows = summarise(records, { by, values: complete });
  for (const score of scores.filter((score) => !complete.includes(score))) {
    const known = records.filter(isKnown(score));
    const means = new Map(
      summarise(known, { by, values: [score] }).map((row) => [keyOf(row), row]),
    );
    for (const row of rows) {
      const { [score]: mean = null, [`${score}Stdev`]: stdev = null } =
        means.get(keyOf(row)) ?? {};
      Object.assign(row, { [score]: mean, [`${score}Stdev`]: stdev });
    }
  }
  return rows;
}
