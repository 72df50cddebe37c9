import type { PointResult } from "../../tune/choose.ts";
import { numberTitle } from "../../tune/grid.ts";
import { type ScoreName, SCORES, type ScoreStyle } from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column, FlatRecord } from "./table_cell.ts";

/** The style of a score on validation data: "validation log loss". */
export function validationScore(name: ScoreName): ScoreStyle {
  const style = SCORES[name];
  return { ...style, title: `validation ${style.title}` };
}

/**
 * All points with their validation scores; the chosen ones are marked.
 *
 * @param chosen subset of `points`
 */
export function tuneTable(
  points: readonly PointResult[],
  chosen: readonly PointResult[],
): Table {
  const names = [
    ...new Set(points.flatMap(({ numbers }) => Object.keys(numbers))),
  ];
  const columns: Column[] = [
    { key: "method" },
    ...names.map((key) => ({ key, title: numberTitle(key) })),
    { key: "seeds" },
    ...(["logLoss", "accuracy"] as const).map((key): Column => {
      const { better: _, ...style } = validationScore(key);
      return { key, ...style, stdev: `${key}Stdev` };
    }),
    { key: "failed", title: "failed runs" },
    { key: "chosen" },
  ];
  const picked = new Set(chosen.map(keyOf));
  const rows = points.map((point): FlatRecord => {
    const { method, numbers, runs, failed, ...scores } = point;
    const { logLoss, logLossStdev, accuracy, accuracyStdev } = scores;
    return {
      method,
      ...Object.fromEntries(names.map((name) => [name, numbers[name] ?? null])),
      seeds: runs.length,
      logLoss,
      logLossStdev,
      accuracy,
      accuracyStdev,
      failed,
      chosen: picked.has(keyOf(point)) ? "yes" : "",
    };
  });
  const caption = "Mean over the seeds ± sample standard deviation; for each " +
    "method, the point with the smallest validation log loss is chosen";
  return table(rows, { columns, caption });
}

function keyOf({ method, numbers }: PointResult): string {
  return JSON.stringify([method, numbers]);
}
