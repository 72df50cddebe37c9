import type { LogitsMetrics, Metrics } from "../calibration/evaluate.ts";

type Measure = Exclude<keyof Metrics, "n" | "classes" | "bins">;

const TITLES: Readonly<Record<Measure, string>> = {
  accuracy: "accuracy",
  logLoss: "log loss",
  brier: "Brier score",
  ece: "ECE",
  mce: "MCE",
  ace: "ACE",
  classwiseEce: "class-wise ECE",
  adaptiveEce: "adaptive ECE",
  labelConditionalEce: "label-conditional ECE",
};

const NAME = 24;
const NUMBER = 12;

/** Metrics for a terminal, one a line, the scaled ones beside them. */
export function metricLines(metrics: LogitsMetrics): string {
  const { n, classes, bins, temperature, scaled } = metrics;
  const head = `${n} rows, ${classes} classes, ${bins} bins\n`;
  const columns = scaled === undefined ? [metrics] : [metrics, scaled];
  const titles = scaled === undefined
    ? ""
    : line("", ["as it is", `T = ${temperature!.toFixed(3)}`]);
  const rows = (Object.keys(TITLES) as Measure[]).map((measure) =>
    line(TITLES[measure], columns.map((m) => m[measure].toFixed(4)))
  );
  return head + titles + rows.join("");
}

function line(title: string, numbers: readonly string[]): string {
  const cells = numbers.map((text) => text.padStart(NUMBER)).join("");
  return `${title.padEnd(NAME)}${cells}\n`;
}
