import { CALIBRATORS } from "../../calibration/calibrators/calibrators.ts";
import type {
  CalibratedMetrics,
  Evaluation,
} from "../../calibration/evaluation.ts";
import { METRIC_NAMES, METRICS } from "../../calibration/metrics.ts";

const NAME = 24;
const NUMBER = 12;
/** Of fitted parameters. */
const DIGITS = 3;
/** From here on a number would fill its column, and is written with an exponent. */
const LARGE = 1e6;

/** Metrics for a terminal, one per line, the calibrated ones beside them. */
export function metricLines({ plain, calibrated }: Evaluation): string {
  const { n, classes, bins } = plain;
  const head = `${n} rows, ${classes} classes, ${bins} bins\n`;
  const columns = [plain, ...calibrated.map(({ metrics }) => metrics)];
  const titles = calibrated.length === 0
    ? ""
    : line("", ["as it is", ...calibrated.map(fitText)]);
  const rows = METRIC_NAMES.map((name) =>
    line(METRICS[name].title, columns.map((m) => numeral(m[name])))
  );
  const notes = calibrated.filter(({ atBound }) => atBound).map(boundNote);
  return head + titles + rows.join("") + notes.join("");
}

function fitText({ by, parameters }: CalibratedMetrics): string {
  return CALIBRATORS[by].describe(parameters, DIGITS);
}

function boundNote(calibrated: CalibratedMetrics): string {
  return `${fitText(calibrated)} (the search's bound): ` +
    "the validation log loss still falls beyond it\n";
}

function numeral(value: number): string {
  return value < LARGE ? value.toFixed(4) : value.toExponential(4);
}

function line(title: string, numbers: readonly string[]): string {
  const cells = numbers.map((text) => text.padStart(NUMBER)).join("");
  return `${title.padEnd(NAME)}${cells}\n`;
}
