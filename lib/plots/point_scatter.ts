import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { extent, numberAxis, widen } from "./parts/axes.ts";
import { type Drawing, drawLegend, drawPlot, stack } from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import {
  FAINT,
  methodTitle,
  MUTED,
  PAPER,
  seriesColours,
} from "./parts/theme.ts";

/** Two scores of one run, and its method, which determines the colour. */
export interface RunPoint {
  readonly method: string;
  readonly label?: string;
  readonly x: number;
  readonly y: number;
}

/** Options of `pointScatter()`. */
export interface PointScatterOptions extends FigureText {
  /** Name of the horizontal axis with its unit. */
  readonly x: string;
  /** Name of the vertical axis with its unit. */
  readonly y: string;
  /** Draws the diagonal, with the same domain for both axes (false). */
  readonly diagonal?: boolean;
}

/**
 * One score of each run against another, such as accuracy against calibration
 * error, with one colour per method.
 *
 * @throws {BadInput} if there is no point, or if one is not finite
 */
export function pointScatter(
  points: readonly RunPoint[],
  options: PointScatterOptions,
): Figure {
  if (!points.length || !points.every(({ x, y }) => Number.isFinite(x + y))) {
    throw new BadInput(
      `Cannot draw ${options.y} against ${options.x} as every point must be ` +
        "finite, and there must be one",
    );
  }
  const colours = seriesColours(points.map(({ method }) => method));
  const plot = drawPoints(points, colours, options);
  const names = new Map(points.map((point) => [
    point.label ?? methodTitle(point.method),
    colours.get(point.method)!,
  ]));
  const items = [...names].map(([label, colour]) => (
    { label, colour, mark: "dot" as const }
  ));
  return frame(stack([drawLegend(items, plot.width), plot], 4), {
    ariaLabel: `${options.y} against ${options.x} for ${points.length} runs ` +
      `of ${[...names.keys()].join(", ")}`,
    ...options,
  });
}

function drawPoints(
  points: readonly RunPoint[],
  colours: Map<string, string>,
  { x, y, diagonal = false }: PointScatterOptions,
): Drawing {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const across = widen(extent(diagonal ? [...xs, ...ys] : xs));
  const up = diagonal ? across : widen(extent(ys));
  return drawPlot({
    width: 460,
    height: 400,
    marginLeft: 66,
    marginBottom: 46,
    x: numberAxis(x, across),
    y: numberAxis(y, up),
    marks: [
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1 }),
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 6 }),
      Plot.line(diagonal ? across.map((v) => [v, v]) : [], {
        stroke: MUTED,
        strokeDasharray: "5,3",
      }),
      Plot.dot(points, {
        x: "x",
        y: "y",
        r: 5,
        fill: ({ method }: RunPoint) => colours.get(method)!,
        stroke: PAPER,
      }),
    ],
  });
}
