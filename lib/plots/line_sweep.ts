import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { extent, numberAxis, widen } from "./parts/axes.ts";
import { type Drawing, drawPlot } from "./parts/drawing.ts";
import { endLabels, labelRoom } from "./parts/end_labels.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { FAINT, methodTitle, PAPER, seriesColours } from "./parts/theme.ts";

/** A metric at one value of a parameter, with its interval. */
export interface SweepPoint {
  readonly x: number;
  readonly y: number;
  /** Lower end of the interval; given together with `high` or not at all. */
  readonly low?: number;
  readonly high?: number;
}

/** A metric at each value of a parameter. */
export interface SweepSeries {
  /** A method or any other name; gives the colour. */
  readonly method: string;
  readonly label?: string;
  /** Points in any order; a value that is not finite leaves a gap. */
  readonly points: readonly SweepPoint[];
  /**
   * "line" with intervals as a band, "dots" for unconnected points with intervals as
   * bars, or "dashed" for a reference ("line").
   */
  readonly style?: "line" | "dots" | "dashed";
}

/** An axis: its name with the unit, and its scale ("linear"). */
export interface SweepAxis {
  readonly label: string;
  readonly scale?: "linear" | "log";
}

/** Options of `lineSweep()`. */
export interface LineSweepOptions extends FigureText {
  readonly x: SweepAxis;
  readonly y: SweepAxis;
  /** Which point of each series is marked and printed ("minimum"). */
  readonly mark?: "minimum" | "maximum" | "none";
  /** Decimal places of a printed x (2). */
  readonly digits?: number;
}

const HEIGHT = 320;
const MARGINS = { marginTop: 14, marginBottom: 46, marginLeft: 66 };

/**
 * A metric against a parameter, one line per series. A ring marks the best point of
 * a line, and the label at its end gives the parameter there.
 *
 * @throws {BadInput} if no point is finite, or if a point or interval is not above
 * 0 on a logarithmic axis
 */
export function lineSweep(
  series: readonly SweepSeries[],
  options: LineSweepOptions,
): Figure {
  const { x, y, mark = "minimum", digits = 2 } = options;
  const colours = seriesColours(series.map(({ method }) => method));
  const lines = series.map(({ method, label, points, style = "line" }) => {
    const sorted = points.toSorted((a, b) => a.x - b.x);
    const finite = sorted.filter((p) => Number.isFinite(p.x + p.y));
    const best = mark === "none" ? undefined : bestPoint(finite, mark);
    const name = label ?? methodTitle(method);
    const colour = colours.get(method)!;
    return { name, colour, style, sorted, finite, best };
  }).filter(({ finite }) => finite.length);
  const all = lines.flatMap(({ finite }) => finite);
  check(all, x, y);
  const labels = lines.map(({ name, best }) =>
    best ? `${name}: ${mark} at ${best.x.toFixed(digits)}` : name
  );
  return frame(drawSweep(lines, labels, options), {
    ariaLabel: `${y.label} against ${x.label}. ${labels.join("; ")}`,
    ...options,
  });
}

interface Line {
  readonly colour: string;
  readonly style: "line" | "dots" | "dashed";
  readonly sorted: readonly SweepPoint[];
  readonly finite: readonly SweepPoint[];
  readonly best: SweepPoint | undefined;
}

/** The values that the vertical axis must cover. */
function heights(points: readonly SweepPoint[]): number[] {
  return points.flatMap(({ y, low = y, high = y }) => [y, low, high])
    .filter(Number.isFinite);
}

function bestPoint(
  points: readonly SweepPoint[],
  mark: "minimum" | "maximum",
): SweepPoint | undefined {
  const sign = mark === "minimum" ? 1 : -1;
  return points.toSorted((a, b) => sign * (a.y - b.y))[0];
}

function check(
  points: readonly SweepPoint[],
  x: SweepAxis,
  y: SweepAxis,
): void {
  if (!points.length) {
    throw new BadInput("Cannot draw a sweep without a finite point");
  }
  const across = points.map((point) => point.x);
  for (const [axis, values] of [[x, across], [y, heights(points)]] as const) {
    const least = Math.min(...values);
    if (axis.scale !== "log" || least > 0) continue;
    throw new BadInput(
      `Cannot draw a sweep as ${axis.label} on a log scale must be above 0: ` +
        `smallest value is ${least}`,
    );
  }
}

function drawSweep(
  lines: readonly Line[],
  labels: readonly string[],
  { x, y }: LineSweepOptions,
): Drawing {
  const points = lines.flatMap(({ finite }) => finite);
  const log = y.scale === "log";
  const across = extent(points.map((p) => p.x));
  const domain = widen(extent(heights(points)), { log });
  const ends = lines.map(({ colour, finite }, i) => ({
    ...finite.at(-1)!,
    name: labels[i],
    colour,
  }));
  const marginRight = labelRoom(labels);
  const vertical = numberAxis(y.label, domain, { log });
  return drawPlot({
    ...MARGINS,
    marginRight,
    width: 400 + MARGINS.marginLeft + marginRight,
    height: HEIGHT,
    x: numberAxis(x.label, across, { log: x.scale === "log", ticks: 8 }),
    y: vertical,
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: vertical.ticks! }),
      lines.map(lineMarks),
      endLabels(ends, across[1], {
        domain,
        log,
        length: HEIGHT - MARGINS.marginTop - MARGINS.marginBottom,
      }),
    ],
  });
}

function lineMarks(
  { sorted, finite, best, colour, style }: Line,
): Plot.Markish {
  const place = { x: "x", y: "y" };
  const few = sorted.length <= 15 && style === "line";
  return [
    intervals(sorted, { colour, bars: style === "dots" }),
    Plot.line(style === "dots" ? [] : sorted, {
      ...place,
      stroke: colour,
      strokeWidth: style === "dashed" ? 1.5 : 2,
      ...(style === "dashed" ? { strokeDasharray: "5,3" } : {}),
    }),
    Plot.dot(few || style === "dots" ? finite : [], {
      ...place,
      fill: colour,
      r: few ? 2.5 : 4,
    }),
    Plot.dot(best ? [best] : [], {
      ...place,
      r: 6,
      fill: PAPER,
      stroke: colour,
      strokeWidth: 2,
    }),
  ];
}

function intervals(
  points: readonly SweepPoint[],
  { colour, bars }: { colour: string; bars: boolean },
): Plot.Markish {
  const bounded = points.filter(({ low, high }) =>
    Number.isFinite(low) && Number.isFinite(high)
  );
  if (!bounded.length) return null;
  const place = { x: "x", y1: "low", y2: "high" };
  return bars
    ? Plot.ruleX(bounded, { ...place, stroke: colour, strokeWidth: 1.5 })
    : Plot.areaY(points, { ...place, fill: colour, fillOpacity: 0.15 });
}
