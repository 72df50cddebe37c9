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

/** One line of metrics: a title, and a cell uncalibrated and per calibrator. */
export interface MetricLine {
  readonly title: string;
  readonly cells: readonly string[];
}

/**
 * Returns metrics as text, one per line, with the calibrated values in further
 * columns.
 */
export function metricLines(evaluation: Evaluation): string {
  const { plain, calibrated } = evaluation;
  const columns = [plain, ...calibrated.map(({ metrics }) => metrics)];
  return evaluationText(
    evaluation,
    METRIC_NAMES.map((name) => ({
      title: METRICS[name].title,
      cells: columns.map((metrics) => numeral(metrics[name])),
    })),
  );
}

/** Lines of metrics below their headings, and above notes on the calibrators. */
export function evaluationText(
  { plain, calibrated }: Evaluation,
  lines: readonly MetricLine[],
): string {
  const { n, classes, bins } = plain;
  const size = `${n} rows, ${classes} classes, ${bins} bins\n`;
  const heads = ["uncalibrated", ...calibrated.map(columnHead)];
  const widths = heads.map((head, i) => {
    // The heading of the first column has its gap in the column of names.
    const least = i === 0 ? 0 : head.length + GAP;
    const longest = Math.max(...lines.map(({ cells }) => cells[i].length));
    const wide = longest < NUMBER_WIDTH ? 0 : longest + GAP;
    return Math.max(NUMBER_WIDTH, least, wide);
  });
  const head = calibrated.length === 0 ? "" : line("", heads, widths);
  const rows = lines.map(({ title, cells }) => line(title, cells, widths));
  const notes = calibrated.flatMap(problemNotes);
  return size + head + rows.join("") + notes.join("");
}

/** The temperature itself, and the names of other calibrators. */
export function columnHead(
  calibrated: Pick<CalibratedMetrics, "by" | "parameters">,
): string {
  const { by, parameters } = calibrated;
  return by === "temperature"
    ? CALIBRATORS[by].describe(parameters, DIGITS)
    : by;
}

function problemNotes(calibrated: CalibratedMetrics): string[] {
  return fitProblems(calibrated)
    .map(({ reason }) => `${columnHead(calibrated)}: ${reason}\n`);
}

/** A metric's value; "–" if it has none. */
export function numeral(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (Math.abs(value) >= LARGE) return value.toExponential(4);
  return value.toFixed(4).replace(/^-(0\.0+)$/, "$1");
}

function line(
  title: string,
  cells: readonly string[],
  widths: readonly number[],
): string {
  const padded = cells.map((text, i) => text.padStart(widths[i])).join("");
  return `${title.padEnd(NAME_WIDTH)}${padded}\n`;
}
