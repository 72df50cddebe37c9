import {
  type ExtendedMetricName,
  LISTED_METRICS,
  MAIN_METRICS,
  metricTitle,
} from "../../../calibration/extended_names.ts";
import { cautions } from "../../../reports/calibration/calibrator_table.ts";
import type { FlatMetrics } from "../../../reports/calibration/flat_metrics.ts";
import { differenceVerdict } from "../../../reports/calibration/metric_text.ts";
import {
  inGroups,
  MOST_COLUMNS,
  type Panel,
  panelsOf,
  type Series,
} from "../../../reports/calibration/panels.ts";
import type {
  ReportData,
  ReportSet,
} from "../../../reports/calibration/report_data.ts";
import { table } from "../../../reports/tables/table.ts";
import { NO_INTERVALS } from "../../terminal/extended_lines.ts";
import { numeral } from "../../terminal/metric_lines.ts";
import { textTable } from "../../terminal/text_table.ts";

/** How a comparison is printed. */
interface Shown {
  /** All metrics, not only the main ones. */
  readonly all: boolean;
  /** Whether there are no intervals because of the number of scores. */
  readonly tooLarge: boolean;
}

/** A comparison as text: sentences, then a table of metrics and differences. */
export function compareLines(data: ReportData, shown: Shown): string {
  const { resamples } = data;
  const notes = [
    ...shown.tooLarge ? [NO_INTERVALS] : [],
    ...resamples === 0 ? [] : [
      `[95 % intervals from ${resamples} resamples of the rows, paired between ` +
      "the models]",
    ],
    ...shown.all ? [] : [
      `${
        LISTED_METRICS.length - MAIN_METRICS.length
      } more metrics with --all-metrics`,
    ],
  ];
  return data.sets.map((set) => setLines(set, data, shown)).join("\n") +
    notes.map((note) => `${note}\n`).join("");
}

function setLines(set: ReportSet, data: ReportData, { all }: Shown): string {
  const { name, n, models } = set;
  const names = all ? LISTED_METRICS : MAIN_METRICS;
  const panels = panelsOf(set)
    .map((panel) => panelLines(panel, names, data));
  return [
    name === null ? "" : `${name}\n`,
    `${n} rows, ${data.classes} classes, ${data.bins} bins\n`,
    ...models.map(({ name, conclusion }) => `${name}: ${conclusion}\n`),
    ...panels.map((lines) => `\n${lines}`),
    ...cautions(set).map((line) => `${line}\n`),
  ].join("");
}

/** A panel as one table, or as several that are not too wide. */
function panelLines(
  { title, series, differences }: Panel,
  names: readonly ExtendedMetricName[],
  { topK, reference }: ReportData,
): string {
  const inOne = series.length + differences.length <= MOST_COLUMNS;
  const values = series.map((one): TextColumn => ({
    title: headOf(one),
    cell: (name) => valueCell(one.version.metrics, name),
  }));
  const others = differences.map(({ label, values }): TextColumn => ({
    title: inOne ? `${label} − ${reference}` : label,
    cell: (name) => differenceCell(values, name),
  }));
  const lines = (head: string, columns: readonly TextColumn[]) =>
    metricLines(head, columns, { names, topK });
  if (inOne) return lines(title, [...values, ...others]);
  return [
    ...inGroups(values, MOST_COLUMNS).map((group) => lines(title, group)),
    ...inGroups(others, MOST_COLUMNS)
      .map((group) => lines(`${title}, difference from ${reference}`, group)),
  ].join("\n");
}

/** A column of a table of metrics. */
interface TextColumn {
  readonly title: string;
  cell(name: ExtendedMetricName): string;
}

/** A table with a line per metric. */
function metricLines(
  head: string,
  columns: readonly TextColumn[],
  { names, topK }: {
    readonly names: readonly ExtendedMetricName[];
    readonly topK: number;
  },
): string {
  const records = names.map((name) => ({
    metric: metricTitle(name, topK),
    ...Object.fromEntries(columns.map(({ cell }, i) => [i, cell(name)])),
  }));
  return textTable(table(records, {
    columns: [
      { key: "metric", title: head },
      ...columns.map(({ title }, i) => ({ key: String(i), title })),
    ],
  }));
}

/** A model, with its temperature if it is scaled. */
function headOf({ label, version: { by, fit } }: Series): string {
  return by === "temperature" ? `${label}, ${fit!.summary}` : label;
}

function valueCell(values: FlatMetrics, name: ExtendedMetricName): string {
  const [value, low, high] = threeOf(values, name).map((one) =>
    one === null ? undefined : numeral(one)
  );
  return `${value ?? "–"}${low === undefined ? "" : ` [${low}, ${high}]`}`;
}

function differenceCell(values: FlatMetrics, name: ExtendedMetricName): string {
  const [value, low, high] = threeOf(values, name).map((one) =>
    one === null ? undefined : signed(one)
  );
  const verdict = differenceVerdict(values, name);
  return `${value ?? "–"}${low === undefined ? "" : ` [${low}, ${high}]`}` +
    (verdict === "undecided" ? "" : ` ${verdict}`);
}

function threeOf(values: FlatMetrics, name: ExtendedMetricName) {
  return [values[name], values[`${name}Low`], values[`${name}High`]];
}

function signed(value: number): string {
  const text = numeral(value);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
