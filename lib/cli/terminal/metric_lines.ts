import { CALIBRATORS } from "../../calibration/calibrators/calibrators.ts";
import {
  type CalibratedMetrics,
  type Evaluation,
  fitProblems,
} from "../../calibration/evaluation.ts";
import { METRIC_NAMES, METRICS } from "../../calibration/metrics.ts";

const NAME_WIDTH = 24;
const NUMBER_WIDTH = 12;
/** Decimals of fitted parameters. */
const DIGITS = 3;
/** Numbers from here on would fill their column; they get an exponent. */
const LARGE = 1e6;

/**
 * Returns metrics as text, one per line, with the calibrated values in further
 * columns.
 */
export function metricLines({ plain, calibrated }: Evaluation): string {
  const { n, classes, bins } = plain;
  const head = `${n} rows, ${classes} classes, ${bins} bins\n`;
  const columns = [plain, ...calibrated.map(({ metrics }) => metrics)];
  const titles = calibrated.length === 0
    ? ""
    : line("", ["uncalibrated", ...calibrated.map(fitText)]);
  const rows = METRIC_NAMES.map((name) =>
    line(METRICS[name].title, columns.map((m) => numeral(m[name])))
  );
  const notes = calibrated.flatMap(problemNotes);
  return head + titles + rows.join("") + notes.join("");
}

function fitText({ by, parameters }: CalibratedMetrics): string {
  return CALIBRATORS[by].describe(parameters, DIGITS);
}

function problemNotes(calibrated: CalibratedMetrics): string[] {
  return fitProblems(calibrated)
    .map(({ reason }) => `${fitText(calibrated)}: ${reason}\n`);
}

function numeral(value: number): string {
  return value < LARGE ? value.toFixed(4) : value.toExponential(4);
}

function line(title: string, numbers: readonly string[]): string {
  const cells = numbers.map((text) => text.padStart(NUMBER_WIDTH)).join("");
  return `${title.padEnd(NAME_WIDTH)}${cells}\n`;
}
