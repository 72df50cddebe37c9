import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import type { Points, Probabilities } from "../matrix_kinds.ts";
import { numberAxis } from "./parts/axes.ts";
import { classPicture } from "./parts/class_picture.ts";
import {
  type Drawing,
  drawLegend,
  drawPlot,
  drawText,
  grid,
  type LegendItem,
  stack,
} from "./parts/drawing.ts";
import { pngDataUrl } from "./parts/png.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { classColour, INK, PAPER } from "./parts/theme.ts";

/** Predictions of one model on a grid over a rectangle, and points to draw. */
export interface DecisionRegion {
  readonly title: string;
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** Number of cells along x. */
  readonly columns: number;
  /** Number of cells along y. */
  readonly rows: number;
  /**
   * `[rows * columns, classes]`, each row a distribution: predictions at the centres
   * of the cells, in rows of increasing y and, within a row, increasing x.
   */
  readonly probabilities: Probabilities;
  /** `[n, 2]`, finite; points outside the rectangle are not drawn. */
  readonly points?: Points;
  /** `[n]` class indices of the points. */
  readonly labels?: Int32Array;
  /** `[n]`, 1 for a point drawn as a ring. */
  readonly marked?: Uint8Array;
}

/** Options of `decisionRegions()`. */
export interface DecisionRegionsOptions extends FigureText {
  readonly classNames: readonly string[];
  /** Names of the two directions (["x", "y"]). */
  readonly axes?: readonly [string, string];
  /** Legend entries of dots and rings (none). */
  readonly pointNames?: readonly [dots: string, rings: string];
}

const WIDTH = 300;
const MARGINS = { marginTop: 4, marginRight: 8, marginBottom: 42 };
const MARGIN_LEFT = 46;
const COLUMNS = 3;

/**
 * The most probable class at each position of the plane, one panel per model, with
 * equal scales in both directions. The colour shows the class and is paler where
 * the model is less confident. Points have the colour of their label. The
 * background is one PNG, so that even many cells take little space.
 *
 * @throws {BadInput} if the shapes do not match, or if a label has no name
 */
export function decisionRegions(
  regions: readonly DecisionRegion[],
  options: DecisionRegionsOptions,
): Figure {
  const { classNames, axes = ["x", "y"], pointNames } = options;
  if (!regions.length) {
    throw new BadInput("Cannot draw decision regions without a model");
  }
  for (const region of regions) check(region, classNames.length);
  const drawings = regions.map((region) => panel(region, axes));
  const columns = Math.min(COLUMNS, regions.length);
  const body = grid(drawings, { columns, gap: 18 });
  const legend = drawLegend(
    legendOf(regions, classNames, pointNames),
    Math.max(body.width, 2 * WIDTH),
  );
  return frame(stack([legend, body], 6), {
    ariaLabel: `Most probable of ${classNames.join(", ")} at each position: ` +
      regions.map(({ title }) => title).join(", "),
    ...options,
  });
}

function check(region: DecisionRegion, classes: number): void {
  const { columns, rows, probabilities, points, labels, marked } = region;
  const refuse = (why: string) => {
    throw new BadInput(
      `Cannot draw decision regions of ${region.title} as ${why}`,
    );
  };
  for (const [low, high] of [region.xDomain, region.yDomain]) {
    if (!(low < high)) refuse(`a domain must increase: ${low} to ${high}`);
  }
  const cells = columns * rows;
  if (probabilities.rows !== cells || probabilities.columns !== classes) {
    refuse(
      `${columns} x ${rows} cells need [${cells}, ${classes}] ` +
        `probabilities: [${probabilities.rows}, ${probabilities.columns}]`,
    );
  }
  // Rounding may take a probability slightly above 1.
  const odd = probabilities.data.find((p) => !(p >= 0 && p <= 1 + 1e-6));
  if (odd !== undefined) {
    refuse(`probabilities must be in [0, 1]: current value is ${odd}`);
  }
  const n = points?.rows ?? 0;
  const fit = (points?.columns ?? 2) === 2 && (labels?.length ?? 0) === n &&
    (marked?.length ?? n) === n;
  if (!fit) refuse("each point must have 2 numbers and a label");
  const label = labels?.find((label) => label < 0 || label >= classes);
  if (label !== undefined) {
    refuse(`labels must be in [0, ${classes - 1}]: current value is ${label}`);
  }
}

function legendOf(
  regions: readonly DecisionRegion[],
  classNames: readonly string[],
  pointNames: DecisionRegionsOptions["pointNames"],
): LegendItem[] {
  const items: LegendItem[] = classNames.map((label, k) => (
    { label, colour: classColour(k) }
  ));
  const has = (mark: number) =>
    regions.some(({ labels, marked }) =>
      labels?.some((_, i) => (marked?.[i] ?? 0) === mark)
    );
  if (pointNames && has(0)) {
    items.push({ label: pointNames[0], colour: INK, mark: "dot" });
  }
  if (pointNames && has(1)) {
    items.push({ label: pointNames[1], colour: INK, mark: "ring" });
  }
  return items;
}

function panel(
  region: DecisionRegion,
  axes: readonly [string, string],
): Drawing {
  const { title, xDomain, yDomain } = region;
  const inner = WIDTH - MARGIN_LEFT - MARGINS.marginRight;
  const ratio = (yDomain[1] - yDomain[0]) / (xDomain[1] - xDomain[0]);
  const height = Math.round(inner * ratio);
  const plot = drawPlot({
    ...MARGINS,
    marginLeft: MARGIN_LEFT,
    width: WIDTH,
    height: height + MARGINS.marginTop + MARGINS.marginBottom,
    x: numberAxis(axes[0], xDomain, { ticks: 5 }),
    y: numberAxis(axes[1], yDomain, { ticks: 5 }),
    marks: [background(region), Plot.frame({ stroke: INK }), dots(region)],
  });
  const head = drawText(title, { width: WIDTH - MARGIN_LEFT, bold: true });
  const markup =
    `<g transform="translate(${MARGIN_LEFT},0)">${head.markup}</g>`;
  return stack([{ ...head, markup }, plot], 2);
}

function background(region: DecisionRegion): Plot.Markish {
  const { xDomain, yDomain, probabilities, columns } = region;
  return (_index, scales, _values, _dimensions, context) => {
    // deno-lint-ignore no-explicit-any
    const { document } = context as any;
    const image = document.createElementNS(
      "http://www.w3.org/2000/svg",
      "image",
    );
    const [left, right] = xDomain.map((value) => scales.x!(value));
    const [bottom, top] = yDomain.map((value) => scales.y!(value));
    const attributes = {
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      preserveAspectRatio: "none",
      "image-rendering": "pixelated",
      href: pngDataUrl(classPicture(probabilities, columns)),
    };
    for (const [name, value] of Object.entries(attributes)) {
      image.setAttribute(name, String(value));
    }
    return image;
  };
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly ring: boolean;
}

function dots(region: DecisionRegion): Plot.Markish {
  const { points, labels, marked, xDomain, yDomain } = region;
  const within = (value: number, [low, high]: readonly [number, number]) =>
    low <= value && value <= high;
  const all = Array.from(labels ?? [], (label, i): Dot => ({
    x: points!.data[2 * i],
    y: points!.data[2 * i + 1],
    colour: classColour(label),
    ring: marked?.[i] === 1,
  })).filter(({ x, y }) => within(x, xDomain) && within(y, yDomain));
  const rings = all.filter(({ ring }) => ring);
  const look = { x: "x", y: "y", fill: "colour", stroke: INK };
  return [
    Plot.dot(all.filter(({ ring }) => !ring), {
      ...look,
      r: 3,
      strokeWidth: 0.8,
    }),
    Plot.dot(rings, { ...look, r: 4, strokeWidth: 0.8 }),
    Plot.dot(rings, { x: "x", y: "y", r: 1.8, fill: PAPER }),
  ];
}
