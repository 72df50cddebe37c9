import { BadInput } from "../bad_input.ts";
import {
  type Drawing,
  drawLegend,
  drawText,
  grid,
  type LegendItem,
  stack,
} from "./parts/drawing.ts";
import {
  type Frame,
  frameOf,
  gainChart,
  type GainPoint,
} from "./parts/gain_chart.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { SYMBOLS } from "./parts/symbols.ts";
import { BETTER, INK, methodTitle, MUTED } from "./parts/theme.ts";

export type { GainPoint };

/** Options of `gainScatter()`. */
export interface GainScatterOptions extends FigureText {
  /** Name of the horizontal axis with its unit. */
  readonly x: string;
  /** Name of the vertical axis with its unit. */
  readonly y: string;
  /** Which sign of y is better ("higher"). */
  readonly better?: "higher" | "lower";
  /** Small charts per row (2). */
  readonly columns?: number;
}

/** Width of a row of charts with their margins, in pixels. */
const WIDTH = 560;
const GAP = 10;
const SIDE = 8;

/** Left margin for the numbers of the vertical axis. */
const LEFT = 50;

/**
 * Gains with their intervals against a property of the setting, in small charts with
 * the same axes. The better side of zero is shaded. A symbol is filled if its interval
 * excludes zero; each chart counts these.
 *
 * Points of a chart with the same x are drawn next to each other.
 *
 * @throws {BadInput} if there is no point, one is not finite or outside its interval,
 * or there are more than five symbols
 */
export function gainScatter(
  points: readonly GainPoint[],
  options: GainScatterOptions,
): Figure {
  check(points, options.y);
  const { x, y, better = "higher", columns = 2 } = options;
  const facets = [...Map.groupBy(points, ({ facet }) => facet)];
  const across = Math.min(columns, facets.length);
  const between = 2 * SIDE + GAP;
  const inner = (WIDTH - LEFT - SIDE - (across - 1) * between) / across;
  const shared = frameOf(points, { better, inner });
  const headings = facets.map(([facet, shown]) =>
    heading(facet, shown, shared)
  );
  const height = Math.max(...headings.map((heading) => heading.height));
  const charts = facets.map(([, shown], i) => {
    const marginLeft = i % across ? SIDE : LEFT;
    const markup = `<g transform="translate(${marginLeft},0)">${
      headings[i].markup
    }</g>`;
    return stack([
      { ...headings[i], markup, height },
      gainChart(shown, shared, { marginLeft, marginRight: SIDE }),
    ], 2);
  });
  const body = stack([
    legend(shared),
    drawText(y, { width: WIDTH }),
    grid(charts, { columns: across, gap: GAP }),
    drawText(x, { width: WIDTH, anchor: "middle" }),
  ], 8);
  return frame(body, {
    ariaLabel: `${y} against ${x}. ` +
      facets.map(([facet, shown]) =>
        `${methodTitle(facet)}: ${countText(shown, better)}`
      ).join("; "),
    ...options,
  });
}

function check(points: readonly GainPoint[], y: string): void {
  const bad = points.find(({ x, y, low, high }) =>
    !Number.isFinite(x) || !Number.isFinite(high - low) ||
    !(low <= y && y <= high)
  );
  if (bad || !points.length) {
    throw new BadInput(
      `Cannot draw ${y} as every point must be finite and within its interval: ` +
        (bad
          ? `${bad.group} in ${bad.facet} has ${bad.y} in ` +
            `[${bad.low}, ${bad.high}] at ${bad.x}`
          : "there is no point"),
    );
  }
  const { size } = new Set(points.map(({ symbol }) => symbol));
  if (size <= SYMBOLS.length) return;
  throw new BadInput(
    `Cannot draw ${y} as there must be at most ${SYMBOLS.length} symbols: ` +
      `current value is ${size}`,
  );
}

/** The name of a small chart, and how many of its intervals exclude zero. */
function heading(
  facet: string,
  points: readonly GainPoint[],
  { better, inner: width }: Frame,
): Drawing {
  return stack([
    drawText(methodTitle(facet), { width, bold: true }),
    drawText(countText(points, better), { width, colour: MUTED }),
  ]);
}

function countText(
  points: readonly GainPoint[],
  better: "higher" | "lower",
): string {
  const above = points.filter(({ low }) => low > 0).length;
  const below = points.filter(({ high }) => high < 0).length;
  const [good, bad] = better === "higher" ? [above, below] : [below, above];
  return `${good} better, ${bad} worse, ` +
    `${points.length - above - below} undecided`;
}

/** What colours, symbols and fills mean; names of single ones are left out. */
function legend({ colours, symbols }: Frame): Drawing {
  const groups = [...colours].map(([group, colour]): LegendItem => (
    { label: methodTitle(group), colour }
  ));
  const marks = [...symbols].map(([label, symbol]): LegendItem => (
    { label, colour: INK, symbol }
  ));
  const rows = [groups, marks].filter(({ length }) => length > 1);
  rows.push([
    { label: "interval excludes 0", colour: MUTED, mark: "dot" },
    { label: "includes 0", colour: MUTED, mark: "ring" },
    { label: "better side", colour: BETTER },
  ]);
  return stack(rows.map((items) => drawLegend(items, WIDTH)));
}
