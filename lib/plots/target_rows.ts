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

/** A distribution over the classes: a method's target, or a prediction. */
export interface TargetRow {
  /** Gives the colour, and the name where there is no `label`. */
  readonly method: string;
  readonly label?: string;
  /** `[classes]`, each in [0, 1]. */
  readonly probabilities: ArrayLike<number>;
}

/** One training instance and what each method asks for it. */
export interface TargetInstance {
  readonly title?: string;
  /** Index of the true class, whose name is set in bold. */
  readonly label: number;
  readonly image?: Picture;
  readonly rows: readonly TargetRow[];
}

const CHART = 130;
const CHARTS_IN_A_ROW = 4;
const BAND = 19;

/**
 * The distribution over classes of each method as a small bar chart, an
 * instance a row, with its image where it has one. All bars share one scale,
 * and each carries its number.
 *
 * @throws {BadInput} if there is nothing to draw, or if a row has another
 * number of classes than `classNames`
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
      named: i % CHARTS_IN_A_ROW === 0,
    })
  );
  const columns = Math.min(charts.length, CHARTS_IN_A_ROW);
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

function chart(row: TargetRow, options: {
  colour: string;
  classNames: readonly string[];
  label: number;
  named: boolean;
}): Drawing {
  const { colour, classNames, label, named } = options;
  const { short, room } = nameRoom(classNames);
  const marginLeft = named ? room + 14 : 6;
  const bars = Array.from(row.probabilities, (value, k) => ({ value, k }));
  const width = marginLeft + CHART + 46;
  const names = (bold: boolean) =>
    Plot.axisY({
      ticks: bars.map(({ k }) => k).filter((k) => (k === label) === bold),
      tickFormat: (k: number) => short[k],
      tickSize: 0,
      label: null,
      ...(bold ? { fontWeight: "bold" } : {}),
    });
  const plot = drawPlot({
    width,
    height: BAND * bars.length + 46,
    marginLeft,
    marginRight: 46,
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
  const name = drawText(nameOf(row), {
    width: width - marginLeft,
    bold: true,
    colour,
  });
  const shifted = {
    ...name,
    markup: `<g transform="translate(${marginLeft},0)">${name.markup}</g>`,
  };
  return stack([shifted, plot], 2);
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

/** Three places; what would show as 0 and is not says so. */
function shareText(value: number): string {
  if (value === 0) return "0";
  return value < 0.0005 ? "<0.001" : value.toFixed(3);
}
