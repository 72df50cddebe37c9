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
  type Panel,
  type Series,
  tablePanels,
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
  const panels = tablePanels(set)
    .map((panel) => panelLines(panel, names, data));
  return [
    name === null ? "" : `${name}\n`,
    `${n} rows, ${data.classes} classes, ${data.bins} bins\n`,
    ...models.map(({ name, conclusion }) => `${name}: ${conclusion}\n`),
    ...panels.map((lines) => `\n${lines}`),
    ...cautions(set).map((line) => `${line}\n`),
  ].join("");
}

function panelLines(
  { title, series, differences }: Panel,
  names: readonly ExtendedMetricName[],
  { topK, reference }: ReportData,
): string {
  const records = names.map((name) => ({
    metric: metricTitle(name, topK),
    ...Object.fromEntries(
      series.map((
        { version },
        i,
      ) => [`value${i}`, valueCell(version.metrics, name)]),
    ),
    ...Object.fromEntries(
      differences.map((
        { values },
        i,
      ) => [`difference${i}`, differenceCell(values, name)]),
    ),
  }));
  return textTable(table(records, {
    columns: [
      { key: "metric", title },
      ...series.map((one, i) => ({ key: `value${i}`, title: headOf(one) })),
      ...differences.map(({ label }, i) => (
        { key: `difference${i}`, title: `${label} − ${reference}` }
      )),
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
