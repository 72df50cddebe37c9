import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { AXIS, nameRoom } from "./parts/axes.ts";
import {
  type Drawing,
  drawPlot,
  drawText,
  grid,
  stack,
} from "./parts/drawing.ts";
import { type Picture, pngDataUrl } from "./parts/png.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { escapeXml } from "./parts/serialize.ts";
import { FAINT, INK, methodTitle, seriesColours } from "./parts/theme.ts";

/** A distribution over the classes: a method's target or a prediction. */
export interface TargetRow {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  /** `[classes]`, each in [0, 1]. */
  readonly probabilities: ArrayLike<number>;
}

/** One training instance and its target distribution under each method. */
export interface TargetInstance {
  readonly title?: string;
  /** Index of the true class, whose name is printed in bold. */
  readonly label: number;
  readonly image?: Picture;
  readonly rows: readonly TargetRow[];
}

const CHART = 130;
const CHARTS_PER_ROW = 4;
const BAND = 19;

/** Width of the values printed right of the bars. */
const VALUE_ROOM = 46;

/**
 * Target distributions as small bar charts, one row per instance (with its image,
 * if any) and one chart per method. All charts have the same scale, and each bar
 * has its value printed.
 *
 * @throws {BadInput} if there is nothing to draw, or if the length of a row differs
 * from that of `classNames`
 */
export function targetRows(
  instances: readonly TargetInstance[],
  options: FigureText & { classNames: readonly string[] },
): Figure {
  const { classNames, ...text } = options;
  if (!instances.some(({ rows }) => rows.length)) {
    throw new BadInput("Cannot draw target rows without a row");
  }
  const all = instances.flatMap(({ rows }) => rows);
  const odd = all.find((row) => row.probabilities.length !== classNames.length);
  if (odd) {
    throw new BadInput(
      `Cannot draw target rows as each must have ${classNames.length} classes: ` +
        `${odd.label ?? odd.method} has ${odd.probabilities.length}`,
    );
  }
  const colours = seriesColours(all.map(({ method }) => method));
  const drawings = instances.map((instance) =>
    drawInstance(instance, classNames, colours)
  );
  return frame(stack(drawings, 18), {
    ariaLabel: "Target distributions: " +
      instances.map((instance) =>
        `${instance.title ?? classNames[instance.label]} ` +
        `(${[...instance.rows].map(nameOf).join(", ")})`
      ).join("; "),
    ...text,
  });
}

function nameOf(row: TargetRow): string {
  return row.label ?? methodTitle(row.method);
}

function drawInstance(
  instance: TargetInstance,
  classNames: readonly string[],
  colours: Map<string, string>,
): Drawing {
  const charts = instance.rows.map((row, i) =>
    chart(row, {
      colour: colours.get(row.method)!,
      classNames,
      label: instance.label,
      named: i % CHARTS_PER_ROW === 0,
    })
  );
  const columns = Math.min(charts.length, CHARTS_PER_ROW);
  const parts = [grid(charts, { columns, gap: 10 })];
  if (instance.image) parts.unshift(drawImage(instance.image));
  const body = grid(parts, { columns: parts.length, gap: 10 });
  if (!instance.title) return body;
  const title = drawText(instance.title, { width: body.width, bold: true });
  return stack([title, body], 4);
}

function drawImage(image: Picture): Drawing {
  const height = 96;
  const width = Math.round(height * image.width / image.height);
  const markup = `<image x="0" y="24" width="${width}" height="${height}" ` +
    `image-rendering="pixelated" href="${escapeXml(pngDataUrl(image))}"/>`;
  return { markup, width, height: height + 24 };
}

interface ChartOptions {
  readonly colour: string;
  readonly classNames: readonly string[];
  /** Index of the true class. */
  readonly label: number;
  /** Whether the class names are printed. */
  readonly named: boolean;
}

function chart(row: TargetRow, options: ChartOptions): Drawing {
  const { colour, classNames, named } = options;
  const { short, room } = nameRoom(classNames);
  const marginLeft = named ? room + 14 : 6;
  return stack([
    heading(nameOf(row), { colour, marginLeft }),
    barPlot(row.probabilities, { ...options, short, marginLeft }),
  ], 2);
}

/** A chart's title above its bars, to the right of the class names. */
function heading(
  text: string,
  { colour, marginLeft }: { colour: string; marginLeft: number },
): Drawing {
  const drawn = drawText(text, {
    width: CHART + VALUE_ROOM,
    bold: true,
    colour,
  });
  const markup =
    `<g transform="translate(${marginLeft},0)">${drawn.markup}</g>`;
  return { ...drawn, markup };
}

function barPlot(
  probabilities: ArrayLike<number>,
  { colour, label, named, short, marginLeft }: ChartOptions & {
    readonly short: readonly string[];
    readonly marginLeft: number;
  },
): Drawing {
  const bars = Array.from(probabilities, (value, k) => ({ value, k }));
  const names = (bold: boolean) =>
    Plot.axisY({
      ticks: bars.map(({ k }) => k).filter((k) => (k === label) === bold),
      tickFormat: (k: number) => short[k],
      tickSize: 0,
      label: null,
      ...(bold ? { fontWeight: "bold" } : {}),
    });
  return drawPlot({
    width: marginLeft + CHART + VALUE_ROOM,
    height: BAND * bars.length + 46,
    marginLeft,
    marginRight: VALUE_ROOM,
    marginTop: 4,
    marginBottom: 42,
    x: { ...AXIS, domain: [0, 1], label: "probability", ticks: 2 },
    y: {
      type: "band",
      domain: bars.map(({ k }) => k),
      padding: 0.2,
      axis: null,
    },
    marks: [
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ticks: 2 }),
      named ? [names(false), names(true)] : null,
      Plot.barX(bars, { y: "k", x: "value", fill: colour }),
      Plot.ruleX([0], { stroke: INK }),
      numbers(bars.filter(({ k }) => k !== label), {}),
      numbers(bars.filter(({ k }) => k === label), { fontWeight: "bold" }),
    ],
  });
}

function numbers(
  bars: readonly { value: number; k: number }[],
  look: Plot.TextOptions,
): Plot.Text {
  return Plot.text(bars, {
    y: "k",
    x: "value",
    text: ({ value }: { value: number }) => shareText(value),
    textAnchor: "start",
    dx: 4,
    ...look,
  });
}

/** Three decimal places; positive values that would round to 0 are "<0.001". */
function shareText(value: number): string {
  if (value === 0) return "0";
  return value < 0.0005 ? "<0.001" : value.toFixed(3);
}
