import { GROUP_TITLES, type ScoreName, SCORES } from "./score_styles.ts";
import { summarise } from "./summarise.ts";
import { type Table, table } from "./table.ts";
import type { Column, Flat } from "./table_cell.ts";

/**
 * Mean ± standard deviation over the seeds of each group of records, with the best
 * means in bold.
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
  const summary = summarise(records, { by, values: scores });
  return table(summary, { columns, caption });
}
