import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { AXIS, extent, nameRoom, widen } from "./parts/axes.ts";
import { type Drawing, drawLegend, drawPlot, stack } from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import {
  BETTER,
  FAINT,
  INK,
  methodTitle,
  MUTED,
  PAPER,
  seriesColours,
} from "./parts/theme.ts";

/** A difference with its interval. */
export interface ForestRow {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Rows under a common heading, such as one rival. */
export interface ForestGroup {
  readonly title: string;
  readonly rows: readonly ForestRow[];
}

/** Options of `forestPlot()`. */
export interface ForestPlotOptions extends FigureText {
  /** Name of the difference with its unit, for the axis. */
  readonly metric: string;
  /** Which direction is better; that side of 0 is shaded (neither). */
  readonly better?: "lower" | "higher";
  /** Decimal places of the numbers in the description (3). */
  readonly digits?: number;
  /** Width of the scale in pixels (210). */
  readonly scale?: number;
}

const STEP = 24;

/** A row as drawn, or the heading of a group. */
interface Line {
  readonly y: number;
  readonly name: string;
  readonly colour: string;
  readonly row?: ForestRow;
}

/**
 * Differences as dots with their intervals as lines, in groups, on one scale with a
 * line at 0. A dot is filled if its interval excludes 0.
 *
 * @throws {BadInput} if there is no row, or one that is not finite
 */
export function forestPlot(
  groups: readonly ForestGroup[],
  options: ForestPlotOptions,
): Figure {
  const { metric, digits = 3 } = options;
  const rows = groups.flatMap((group) => group.rows);
  check(rows, metric);
  const colours = seriesColours(rows.map(({ method }) => method));
  const lines: Line[] = groups.flatMap(({ title, rows }) => [
    { name: title, colour: INK },
    ...rows.map((row) => (
      { name: nameOf(row), colour: colours.get(row.method)!, row }
    )),
  ]).map((line, y) => ({ ...line, y }));
  const plot = drawForest(lines, options);
  const legend = drawLegend([
    { label: "decided", colour: MUTED, mark: "dot" },
    { label: "undecided", colour: MUTED, mark: "ring" },
  ], plot.width);
  return frame(stack([legend, plot], 2), {
    ariaLabel: `${metric}, differences with 95 % intervals. ` +
      groups.map(({ title, rows }) =>
        `${title}: ${rows.map((row) => inWords(row, digits)).join(", ")}`
      ).join("; "),
    ...options,
  });
}

function nameOf({ method, label }: ForestRow): string {
  return label ?? methodTitle(method);
}

function inWords(row: ForestRow, digits: number): string {
  const [mean, low, high] = [row.mean, row.low, row.high].map((value) =>
    value.toFixed(digits).replace(/^-/, "−")
  );
  return `${nameOf(row)} ${mean} (${low} to ${high})`;
}

function check(rows: readonly ForestRow[], metric: string): void {
  const bad = rows.find(({ mean, low, high }) =>
    !Number.isFinite(mean + low + high)
  );
  if (!bad && rows.length) return;
  throw new BadInput(
    `Cannot draw differences in ${metric} as each must be finite: ` +
      (bad ? `${nameOf(bad)} is not` : "there is none"),
  );
}

function isDecided({ low, high }: ForestRow): boolean {
  return low > 0 || high < 0;
}

function drawForest(
  lines: readonly Line[],
  { metric, better, scale = 210 }: ForestPlotOptions,
): Drawing {
  const rows = lines.flatMap(({ row }) => row ?? []);
  const domain = widen(
    extent([0, ...rows.flatMap(({ low, high }) => [low, high])]),
  );
  const names = lines.filter(({ row }) => row).map(({ name }) => name);
  const marginLeft = nameRoom(names).room + 16;
  return drawPlot({
    width: marginLeft + scale + 14,
    height: STEP * lines.length + 52,
    marginLeft,
    marginRight: 14,
    marginTop: 4,
    marginBottom: 46,
    x: {
      ...AXIS,
      domain,
      ticks: 5,
      tickFormat: (tick: number) =>
        String(Number(tick.toPrecision(6))).replace(/^-/, "−"),
      label: metric + (better ? ` (${better} is better)` : ""),
    },
    y: { domain: [lines.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.rect(better ? [0] : [], {
        x1: better === "lower" ? domain[0] : 0,
        x2: better === "lower" ? 0 : domain[1],
        y1: -0.5,
        y2: lines.length - 0.5,
        fill: BETTER,
      }),
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.ruleX([0], { stroke: INK }),
      ...lineMarks(lines, domain[0]),
    ],
  });
}

function lineMarks(lines: readonly Line[], edge: number): Plot.Markish[] {
  const headings = lines.filter(({ row }) => !row);
  const drawn = lines.flatMap(({ row, ...line }) =>
    row ? [{ ...line, ...row, fill: isDecided(row) ? line.colour : PAPER }] : []
  );
  const place = {
    x: () => edge,
    y: "y",
    text: "name",
    textAnchor: "end",
  } as const;
  return [
    Plot.text(headings, {
      x: () => edge,
      y: "y",
      text: "name",
      fill: INK,
      fontWeight: "bold",
      textAnchor: "start",
      dx: 4,
      dy: 3,
      stroke: PAPER,
      strokeWidth: 4,
    }),
    Plot.text(drawn, { ...place, fill: "colour", dx: -8 }),
    Plot.ruleY(drawn, {
      x1: "low",
      x2: "high",
      y: "y",
      stroke: "colour",
      strokeWidth: 2.2,
    }),
    Plot.dot(drawn, {
      x: "mean",
      y: "y",
      r: 5,
      stroke: "colour",
      strokeWidth: 1.8,
      fill: "fill",
    }),
  ];
}
