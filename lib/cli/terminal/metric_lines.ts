import { CALIBRATORS } from "../../calibration/calibrators/calibrators.ts";
import {
  type CalibratedMetrics,
  type Evaluation,
  fitProblems,
} from "../../calibration/evaluation.ts";
import { METRIC_NAMES, METRICS } from "../../calibration/metrics.ts";

const NAME_WIDTH = 24;
const NUMBER_WIDTH = 12;
/** Columns are at least this far apart. */
const GAP = 2;
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
  const heads = ["uncalibrated", ...calibrated.map(columnHead)];
  const widths = heads.map((text) => Math.max(NUMBER_WIDTH, text.length + GAP));
  // The first column has its gap in the column of names.
  widths[0] = NUMBER_WIDTH;
  const titles = calibrated.length === 0 ? "" : line("", heads, widths);
  const rows = METRIC_NAMES.map((name) =>
    line(METRICS[name].title, columns.map((m) => numeral(m[name])), widths)
  );
  const notes = calibrated.flatMap(problemNotes);
  return head + titles + rows.join("") + notes.join("");
}

/** The temperature itself, and the names of other calibrators. */
function columnHead(calibrated: CalibratedMetrics): string {
  const { by } = calibrated;
  return by === "temperature" ? fitText(calibrated) : by;
}

function fitText({ by, parameters }: CalibratedMetrics): string {
  return CALIBRATORS[by].describe(parameters, DIGITS);
}

function problemNotes(calibrated: CalibratedMetrics): string[] {
  return fitProblems(calibrated)
    .map(({ reason }) => `${columnHead(calibrated)}: ${reason}\n`);
}

function numeral(value: number): string {
  return value < LARGE ? value.toFixed(4) : value.toExponential(4);
}

function line(
  title: string,
  numbers: readonly string[],
  widths: readonly number[],
): string {
  const cells = numbers.map((text, i) => text.padStart(widths[i])).join("");
  return `${title.padEnd(NAME_WIDTH)}${cells}\n`;
}
