import * as Plot from "@observablehq/plot";
import { extent, numberAxis, widen } from "./axes.ts";
import { type Drawing, drawPlot } from "./drawing.ts";
import { type SymbolName, SYMBOLS } from "./symbols.ts";
import { BETTER, FAINT, INK, MUTED, PAPER, seriesColours } from "./theme.ts";

/** A paired gain in one setting, with its interval. */
export interface GainPoint {
  /** A property of the setting, such as the fitted temperature of plain training. */
  readonly x: number;
  /** The gain, in the unit of the axis. */
  readonly y: number;
  /** Lower end of the interval of the gain. */
  readonly low: number;
  readonly high: number;
  /** A method, or any other name such as a kind of label noise; gives the colour. */
  readonly group: string;
  /** Gives the symbol, such as the name of a network. */
  readonly symbol: string;
  /** Names the small chart of the point: a method, a rival or anything else. */
  readonly facet: string;
}

/** What all charts of a figure share. */
export interface Frame {
  readonly better: "higher" | "lower";
  /** Width of the area of a chart within its margins, in pixels. */
  readonly inner: number;
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
  readonly colours: ReadonlyMap<string, string>;
  readonly symbols: ReadonlyMap<string, SymbolName>;
}

const HEIGHT = 190;

/** Horizontal distance, in pixels, of points of one chart with the same x. */
const DODGE = 5;

/** Smallest share of the vertical axis on either side of zero. */
const LEAST_SIDE = 0.22;

/** Domains, colours and symbols for all points of a figure. */
export function frameOf(
  points: readonly GainPoint[],
  options: Pick<Frame, "better" | "inner">,
): Frame {
  const crowd = Map.groupBy(points, ({ facet, x }) => `${x} ${facet}`).values();
  const most = Math.max(...crowd.map(({ length }) => length));
  const share = 0.05 + most * DODGE / 2 / options.inner;
  const names = new Set(points.map(({ symbol }) => symbol));
  return {
    ...options,
    across: widen(extent(points.map(({ x }) => x)), { share }),
    up: bothSides(points.flatMap(({ low, high }) => [low, high])),
    colours: seriesColours(points.map(({ group }) => group)),
    symbols: new Map([...names].map((name, i) => [name, SYMBOLS[i]])),
  };
}

/** A domain with zero, and with room for a word above and below all values. */
function bothSides(values: readonly number[]): [number, number] {
  const [low, high] = extent([0, ...values]);
  const least = (high - low || 1) * LEAST_SIDE;
  return widen([Math.min(low, -least), Math.max(high, least)], { share: 0.1 });
}

/**
 * One small chart: gains with their intervals, and the better side shaded. The vertical
 * axis has numbers if its margin is wider than the right one.
 */
export function gainChart(
  points: readonly GainPoint[],
  shared: Frame,
  margins: { readonly marginLeft: number; readonly marginRight: number },
): Drawing {
  const { across, up, inner } = shared;
  const { marginLeft, marginRight } = margins;
  return drawPlot({
    ...margins,
    width: marginLeft + inner + marginRight,
    height: HEIGHT + 30,
    marginTop: 6,
    marginBottom: 24,
    x: {
      ...numberAxis("", across, { ticks: Math.floor(inner / 50) }),
      label: null,
    },
    y: {
      ...numberAxis("", up, { ticks: 5 }),
      label: null,
      ...(marginLeft > marginRight ? {} : { axis: null }),
    },
    marks: [
      sides(shared),
      pointMarks(apart(points, shared), shared),
    ],
  });
}

/** The better side of zero, shaded, with a word on each side. */
function sides({ across, up, better }: Frame): Plot.Markish[] {
  const higher = better === "higher";
  const word = (isBetter: boolean, frameAnchor: "top-left" | "bottom-left") =>
    Plot.text([isBetter ? "better" : "worse"], {
      frameAnchor,
      dx: 5,
      dy: frameAnchor === "top-left" ? 4 : -4,
      fill: MUTED,
      stroke: isBetter ? BETTER : PAPER,
      strokeWidth: 4,
    });
  return [
    Plot.rect([higher ? up[1] : up[0]], {
      x1: across[0],
      x2: across[1],
      y1: 0,
      y2: (end: number) => end,
      fill: BETTER,
    }),
    Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
    Plot.ruleY([0], { stroke: INK, strokeWidth: 1.5 }),
    word(higher, "top-left"),
    word(!higher, "bottom-left"),
  ];
}

/** Moves points with the same x next to each other. */
function apart(
  points: readonly GainPoint[],
  { across, inner }: Frame,
): GainPoint[] {
  const pixel = (across[1] - across[0]) / inner;
  return Map.groupBy(points, ({ x }) => x).values().toArray().flatMap((same) =>
    same.map((point, i) => (
      { ...point, x: point.x + (i - (same.length - 1) / 2) * DODGE * pixel }
    ))
  );
}

function pointMarks(
  points: readonly GainPoint[],
  { colours, symbols }: Frame,
): Plot.Markish[] {
  const colour = ({ group }: GainPoint) => colours.get(group)!;
  const decided = ({ low, high }: GainPoint) => low > 0 || high < 0;
  return [
    Plot.ruleX(points, {
      x: "x",
      y1: "low",
      y2: "high",
      stroke: colour,
      strokeOpacity: 0.55,
    }),
    Plot.dot(points, {
      x: "x",
      y: "y",
      r: 3.2,
      symbol: ({ symbol }: GainPoint) => symbols.get(symbol)!,
      fill: (point: GainPoint) => decided(point) ? colour(point) : PAPER,
      stroke: colour,
      strokeWidth: 1.2,
    }),
  ];
}
