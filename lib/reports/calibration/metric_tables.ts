import { capitalised } from "../tables/capitalised.ts";
import {
  EXTENDED_METRICS,
  type ExtendedMetricName,
  LISTED_METRICS,
  MAIN_METRICS,
  metricTitle,
} from "../../calibration/extended_names.ts";
import { scoreHeading } from "../../calibration/metrics.ts";
import { verdictTone } from "../tables/score_styles.ts";
import { type Table, table } from "../tables/table.ts";
import type { Column, FlatRecord } from "../tables/table_cell.ts";
import {
  differenceIntervalText,
  differenceText,
  differenceVerdict,
  intervalText,
  metricText,
} from "./metric_text.ts";
import type { Panel } from "./panels.ts";

/** Which metrics of a panel a table shows. */
export interface ShownMetrics {
  readonly which: "main" | "other";
  /** The k of the top-k accuracy. */
  readonly topK: number;
}

/** Metrics with their intervals, a row each, and a column per model or calibrator. */
export function metricTable(
  { title, series }: Pick<Panel, "title" | "series">,
  { which, topK }: ShownMetrics,
): Table {
  const records = namesOf(which).map((name): FlatRecord => ({
    metric: headingOf(name, topK),
    ...Object.fromEntries(series.map(({ version: { metrics } }, i) => [
      `value${i}`,
      lines(metricText(metrics, name), intervalText(metrics, name)),
    ])),
  }));
  return table(records, {
    ...title === "" ? {} : { caption: capitalised(title) },
    columns: [
      { key: "metric", title: "Metric" },
      ...series.map(({ label }, i) => ({ key: `value${i}`, title: label })),
    ],
  });
}

/** Differences from the reference with their intervals, likewise. */
export function differencesTable(
  { title, differences }: Pick<Panel, "title" | "differences">,
  { which, topK }: ShownMetrics,
): Table {
  const records = namesOf(which).map((name): FlatRecord => ({
    metric: headingOf(name, topK),
    ...Object.fromEntries(differences.flatMap(({ values }, i) => [
      [
        `value${i}`,
        lines(
          differenceText(values, name),
          differenceIntervalText(values, name),
        ),
      ],
      [`verdict${i}`, differenceVerdict(values, name)],
    ])),
  }));
  return table(records, {
    caption: title,
    columns: [
      { key: "metric", title: "Metric" },
      ...differences.map(({ label }, i): Column => ({
        key: `value${i}`,
        title: label,
        tone: (record) => verdictTone(String(record[`verdict${i}`])),
      })),
    ],
  });
}

function namesOf(which: ShownMetrics["which"]): readonly ExtendedMetricName[] {
  return which === "main"
    ? MAIN_METRICS
    : LISTED_METRICS.filter((name) => !MAIN_METRICS.includes(name));
}

function headingOf(name: ExtendedMetricName, topK: number): string {
  const title = metricTitle(name, topK);
  return capitalised(scoreHeading({ ...EXTENDED_METRICS[name], title }));
}

/** Lines of a cell; an empty one is left out. */
export function lines(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n");
}
