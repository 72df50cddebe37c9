import type { LogitsMetrics } from "../../calibration/evaluate.ts";
import { METRIC_NAMES, METRICS } from "../../calibration/metrics.ts";

const NAME = 24;
const NUMBER = 12;
/** From here on a number would fill its column, and is written with an exponent. */
const LARGE = 1e6;

/** Metrics for a terminal, one a line, the scaled ones beside them. */
export function metricLines(metrics: LogitsMetrics): string {
  const { n, classes, bins, temperature, scaled } = metrics;
  const head = `${n} rows, ${classes} classes, ${bins} bins\n`;
  const columns = scaled === undefined ? [metrics] : [metrics, scaled];
  const titles = scaled === undefined
    ? ""
    : line("", ["as it is", `T = ${temperature!.toFixed(3)}`]);
  const rows = METRIC_NAMES.map((name) =>
    line(METRICS[name].title, columns.map((m) => numeral(m[name])))
  );
  return head + titles + rows.join("") + boundNote(metrics);
}

function boundNote({ temperature, temperatureAtBound }: LogitsMetrics): string {
  if (!temperatureAtBound) return "";
  return `T = ${temperature!.toFixed(3)} (the search's bound): ` +
    "the validation log loss still falls beyond it\n";
}

function numeral(value: number): string {
  return value < LARGE ? value.toFixed(4) : value.toExponential(4);
}

function line(title: string, numbers: readonly string[]): string {
  const cells = numbers.map((text) => text.padStart(NUMBER)).join("");
  return `${title.padEnd(NAME)}${cells}\n`;
}
